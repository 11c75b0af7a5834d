import { os } from '../console.ts'
import { signalOf } from '../signals.ts'
import type { RunsService } from './runs-service.ts'

export { RunsService } from './runs-service.ts'

/** `runs.*` of the console's contract. */
export function runHandlers(runs: RunsService) {
  return {
    page: os.runs.page.handler(({ input, context }) => runs.page(context.workspace.id, input)),
    watch: os.runs.watch.handler(({ context, signal }) => runs.watch(context.workspace.id, signalOf({ signal }))),
    starters: os.runs.starters.handler(({ context }) => runs.starters(context.workspace.id)),
    known: os.runs.known.handler(({ input }) => runs.known(input)),
    usual: os.runs.usual.handler(({ input }) => runs.usual(input)),
    get: os.runs.get.handler(({ input, signal }) => runs.get(input, signalOf({ signal }))),
    follow: os.runs.follow.handler(({ input, lastEventId, signal }) =>
      runs.follow(input, sequenceOf(lastEventId), signalOf({ signal })),
    ),
    ledger: os.runs.ledger.handler(({ input, signal }) => runs.ledger(input, signalOf({ signal }))),
    cancel: os.runs.cancel.handler(({ input, context }) => runs.cancel(input, context.origin)),
  }
}

/** Event ids are sequence numbers, counted from 1; anything else begins at the beginning. */
function sequenceOf(lastEventId: string | undefined): number {
  const sequence = Number(lastEventId ?? 0)
  return Number.isSafeInteger(sequence) && sequence > 0 ? sequence : 0
}
