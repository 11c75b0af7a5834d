import type { AuditEntry } from '../../../contract/shapes/audit.ts'
import type { StateName } from '../../components/StateBadge.tsx'

/** An outcome's colour and word. What was refused never ran, and what is pending has not ended. */
export function outcomeWords(outcome: AuditEntry['outcome']): { readonly state: StateName; readonly word: string } {
  switch (outcome) {
    case 'pending':
      return { state: 'queued', word: 'starting' }
    case 'refused':
      return { state: 'cancelled', word: 'refused' }
    case 'done':
      return { state: 'succeeded', word: 'done' }
    default:
      return { state: outcome, word: outcome }
  }
}
