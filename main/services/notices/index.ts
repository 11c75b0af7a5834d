import { withEventMeta } from '@orpc/server'
import type { AuditService } from '../audit/index.ts'
import { os } from '../console.ts'
import { signalOf } from '../signals.ts'
import type { NoticesService } from './notices-service.ts'

export { followRuns, type GoingRun, type GoingRuns, goingIn } from './going-runs.ts'
export { NoticesService } from './notices-service.ts'
export type { Notifier } from './notifier.ts'
export { ProofNotices } from './proof-notices.ts'

/** `notices.*` of the console's contract. */
export function noticeHandlers(notices: NoticesService, audit: Pick<AuditService, 'record'>) {
  return {
    watch: os.notices.watch.handler(async function* ({ context, lastEventId, signal }) {
      const last = lastEventId === undefined ? null : Number(lastEventId)
      for await (const { sequence, event } of notices.watch(context.workspace.id, last, signalOf({ signal }))) {
        yield withEventMeta({ ...event }, { id: String(sequence) })
      }
    }),
    settings: os.notices.settings.handler(() => notices.settings()),
    change: os.notices.change.handler(({ input, context: { origin, workspace } }) => {
      const deed = { action: 'console.settings', origin, workspaceId: workspace.id, summary: 'notifications' } as const
      audit.record({ ...deed, outcome: 'done' })
      return notices.change(input)
    }),
    say: os.notices.say.handler(({ input, context }) => {
      notices.say(context.workspace.id, input)
      return {}
    }),
    seen: os.notices.seen.handler(({ context }) => {
      notices.seen(context.workspace.id)
      return {}
    }),
  }
}
