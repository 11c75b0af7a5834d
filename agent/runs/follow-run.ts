import { Fault } from '../../contract/errors.ts'
import { isEnded, type RunEvent } from '../../contract/shapes/run.ts'
import type { ChangeFeed } from '../change-feed.ts'
import type { Journal } from '../journal/open-journal.ts'

/** Progress samples that a reader is given of the time before it came. */
const REPLAYED_SAMPLES = 120
const PAGE = 500

export interface FollowOptions {
  readonly runId: string
  /** The last sequence number that the reader has seen; 0 for none. */
  readonly after: number
  readonly signal: AbortSignal
}

/**
 * Everything that happened in a run after `after`, then what happens, until it has ended. Live events are read from
 * the journal too: the feed only says that there is something to read. So there is one order, no gap and no repeat,
 * and a slow reader costs no memory. Throws `not_found`.
 */
export async function* followRun(
  { journal, feed }: { readonly journal: Journal; readonly feed: ChangeFeed },
  { runId, after, signal }: FollowOptions,
): AsyncGenerator<RunEvent> {
  using listener = feed.listen()
  const progressFrom = journal.events.progressFrom(runId, REPLAYED_SAMPLES)
  let last = after
  for (;;) {
    const events = journal.events.after({ runId, after: last, progressFrom, limit: PAGE })
    for (const event of events) {
      last = event.sequence
      yield event
    }
    if (events.length > 0) continue
    const run = journal.runs.get(runId)
    if (run === undefined) throw new Fault('not_found', { what: 'run', id: runId })
    if (isEnded(run.state)) return
    await hears(listener, runId, signal)
  }
}

async function hears(listener: ReturnType<ChangeFeed['listen']>, runId: string, signal: AbortSignal): Promise<void> {
  let changed = await listener.changed(signal)
  while (!changed.has(runId)) changed = await listener.changed(signal)
}
