import type { AuditLog } from '../audit/audit-log.ts'
import { agent } from './agent-contract.ts'

export function auditHandlers(audit: AuditLog) {
  return { list: agent.audit.list.handler(({ input }) => audit.list(input.limit)) }
}
