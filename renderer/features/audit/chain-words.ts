import type { AuditBreak, AuditCheck } from '../../../contract/shapes/audit-chain.ts'
import { formatCount } from '../../components/format.ts'

/** What a check has found, in a sentence. */
export function checkWords({ whole, anchorHolds, broken }: AuditCheck): string {
  if (broken !== null) return breakWords(broken)
  const anchored = anchorHolds === null ? '' : ' It goes on from the anchor.'
  return `As it was written: ${formatCount(whole)} entries.${anchored}`
}

function breakWords({ wrong, sequence, until }: AuditBreak): string {
  const many = until > sequence
  const which = many ? `Entries ${sequence} to ${until}` : `Entry ${sequence}`
  switch (wrong) {
    case 'changed':
      return `${which} ${many ? 'were' : 'was'} changed.`
    case 'missing':
      return `${which} ${many ? 'are' : 'is'} missing.`
    case 'inserted':
      return `${which} ${many ? 'were' : 'was'} put in between.`
    case 'out_of_order':
      return `${which}: another stands in its place.`
    case 'cut_off':
      return `${which} ${many ? 'were' : 'was'} cut off the end: the anchor has them.`
    case 'rewritten':
      return `${which}, or one before it, was written anew since the anchor was taken.`
  }
}
