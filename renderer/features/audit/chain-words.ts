import { t } from '@lingui/core/macro'
import type { AuditBreak, AuditCheck } from '../../../contract/shapes/audit-chain.ts'
import { formatCount } from '../../components/format.ts'

/** What a check has found, in a sentence. */
export function checkWords({ whole, anchorHolds, broken }: AuditCheck): string {
  if (broken !== null) return breakWords(broken)
  const anchored = anchorHolds === null ? '' : t` It goes on from the anchor.`
  return t`As it was written: ${formatCount(whole)} entries.${anchored}`
}

function breakWords({ wrong, sequence, until }: AuditBreak): string {
  const many = until > sequence
  const which = many ? t`Entries ${sequence} to ${until}` : t`Entry ${sequence}`
  switch (wrong) {
    case 'changed':
      return t`${which} ${many ? 'were' : 'was'} changed.`
    case 'missing':
      return t`${which} ${many ? 'are' : 'is'} missing.`
    case 'inserted':
      return t`${which} ${many ? 'were' : 'was'} put in between.`
    case 'out_of_order':
      return t`${which}: another stands in its place.`
    case 'cut_off':
      return t`${which} ${many ? 'were' : 'was'} cut off the end: the anchor has them.`
    case 'rewritten':
      return t`${which}, or one before it, was written anew since the anchor was taken.`
  }
}
