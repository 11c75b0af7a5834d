import { plural, t } from '@lingui/core/macro'
import type { AuditBreak, AuditCheck } from '../../../contract/shapes/audit-chain.ts'

/** What a check has found, in a sentence. */
export function checkWords({ whole, anchorHolds, broken }: AuditCheck): string {
  if (broken !== null) return breakWords(broken)
  const said = plural(whole, { one: 'Intact: # entry.', other: 'Intact: # entries.' })
  return anchorHolds === null ? said : `${said} ${t`It goes on from the anchor.`}`
}

function breakWords({ wrong, sequence, until }: AuditBreak): string {
  return until > sequence ? severalWords(wrong, sequence, until) : oneWords(wrong, sequence)
}

function oneWords(wrong: AuditBreak['wrong'], entry: number): string {
  switch (wrong) {
    case 'changed':
      return t`Entry ${entry} was changed.`
    case 'missing':
      return t`Entry ${entry} is missing.`
    case 'inserted':
      return t`Entry ${entry} was put in between.`
    case 'out_of_order':
      return t`Entry ${entry} was replaced by another.`
    case 'cut_off':
      return t`Entry ${entry} was cut off the end: the anchor has them.`
    case 'rewritten':
      return t`Entry ${entry}, or one before it, was written anew since the anchor was taken.`
  }
}

function severalWords(wrong: AuditBreak['wrong'], first: number, last: number): string {
  switch (wrong) {
    case 'changed':
      return t`Entries ${first} to ${last} were changed.`
    case 'missing':
      return t`Entries ${first} to ${last} are missing.`
    case 'inserted':
      return t`Entries ${first} to ${last} were put in between.`
    case 'out_of_order':
      return t`Entries ${first} to ${last} were replaced by others.`
    case 'cut_off':
      return t`Entries ${first} to ${last} were cut off the end: the anchor has them.`
    case 'rewritten':
      return t`Entries ${first} to ${last}, or one before it, was written anew since the anchor was taken.`
  }
}
