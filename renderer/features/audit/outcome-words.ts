import { t } from '@lingui/core/macro'
import type { AuditEntry } from '../../../contract/shapes/audit.ts'
import { STATE_WORDS, type StateName } from '../../components/StateBadge.tsx'

/** An outcome's colour and word. What was refused never ran, and what is pending has not ended. */
export function outcomeWords(outcome: AuditEntry['outcome']): { readonly state: StateName; readonly word: string } {
  switch (outcome) {
    case 'pending':
      return { state: 'queued', word: t`starting` }
    case 'refused':
      return { state: 'cancelled', word: t`refused` }
    case 'done':
      return { state: 'succeeded', word: t`done` }
    default:
      return { state: outcome, word: STATE_WORDS[outcome] }
  }
}
