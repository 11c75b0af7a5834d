import { setTimeout as pause } from 'node:timers/promises'
import type { RunSummary } from '../../contract/shapes/run-summary.ts'
import type { ChangeFeed } from '../change-feed.ts'
import type { Journal } from '../journal/open-journal.ts'

/** Milliseconds between two rounds of changes. */
const ROUND = 250

/**
 * The active run, if there is one, then each run as it is after a change. Changes that come faster than a reader takes
 * them, or than four times a second, become one.
 */
export async function* watchRuns(
  { journal, feed }: { readonly journal: Journal; readonly feed: ChangeFeed },
  signal: AbortSignal,
): AsyncGenerator<RunSummary> {
  using listener = feed.listen()
  const active = journal.runs.active()
  const told = active === undefined ? undefined : journal.runSummaries.get(active.id)
  if (told !== undefined) yield told
  for (;;) {
    for (const runId of await listener.changed(signal)) {
      const run = journal.runSummaries.get(runId)
      if (run !== undefined) yield run
    }
    await pause(ROUND, undefined, { signal })
  }
}
