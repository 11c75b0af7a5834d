import { withEventMeta } from '@orpc/server'
import { os } from '../console.ts'
import { signalOf } from '../signals.ts'
import type { NoticesService } from './notices-service.ts'

export { NoticesService } from './notices-service.ts'
export type { Notifier, SystemNotice } from './notifier.ts'
export { followRuns, type GoingRun, type GoingRuns } from './going-runs.ts'

/** `notices.*` of the console's contract. */
export function noticeHandlers(notices: NoticesService) {
  return {
    watch: os.notices.watch.handler(async function* ({ context, lastEventId, signal }) {
      const last = lastEventId === undefined ? null : Number(lastEventId)
      for await (const { sequence, event } of notices.watch(context.workspace.id, last, signalOf({ signal }))) {
        yield withEventMeta({ ...event }, { id: String(sequence) })
      }
    }),
    settings: os.notices.settings.handler(() => notices.settings()),
    change: os.notices.change.handler(({ input }) => notices.change(input)),
    seen: os.notices.seen.handler(({ context }) => {
      notices.seen(context.workspace.id)
      return {}
    }),
  }
}
