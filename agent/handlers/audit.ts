import type { AuditProof } from '../../contract/audit-chain/audit-proof.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import { breathing } from '../audit/audit-proof.ts'
import { agent, heed } from './agent-contract.ts'

export function auditHandlers(audit: AuditLog, proof: AuditProof) {
  return {
    list: agent.audit.list.handler(({ input }) => audit.list(input.limit)),
    verify: agent.audit.verify.handler(({ input, signal }) => proof.verify(input.anchor, breathing(heed(signal)))),
    anchor: agent.audit.anchor.handler(({ signal }) => proof.anchor(breathing(heed(signal)))),
  }
}
