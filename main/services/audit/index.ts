import { os } from '../console.ts'
import { signalOf } from '../signals.ts'
import type { AuditService } from './audit-service.ts'

export { AnswerLost } from './answer-lost.ts'
export { AuditService, type Dispatch, type StartDispatch } from './audit-service.ts'
export { chainHandlers } from './chain.ts'
export { ownChainHandlers, ownProof } from './own-proof.ts'
export { RefusedCalls, refusedCalls } from './refused-calls.ts'

/** `audit.*` of the console's contract. */
export function auditHandlers(audit: AuditService) {
  return {
    recent: os.audit.recent.handler(({ input, context }) =>
      audit.recent({ ...input, workspaceId: context.workspace.id }),
    ),
    watch: os.audit.watch.handler(({ input, context, signal }) =>
      audit.watch({ ...input, workspaceId: context.workspace.id }, signalOf({ signal })),
    ),
  }
}
