import type { PastRestoreFilter } from '../../../contract/shapes/past-restore.ts'

const TARGETS: Readonly<Record<PastRestoreFilter['targets'][number], string>> = {
  staging: 'staging',
  path: 'folder',
  'in-place': 'in place',
}

const PROOFS: Readonly<Record<PastRestoreFilter['proofs'][number], string>> = {
  verified: 'verified',
  differs: 'differing',
  none: 'not verified',
}

/** What a filter leaves, in words for the audit. */
export function filterWords(filter: PastRestoreFilter, nameOf: (hostId: string) => string): string {
  const { hostIds, actors, targets, outcomes, proofs, text, from, until } = filter
  const parts = [
    hostIds.length === 0 ? '' : `on ${some(hostIds.map(nameOf))}`,
    actors.length === 0 ? '' : `by ${some(actors)}`,
    targets.map((target) => TARGETS[target]).join(' or '),
    outcomes.join(' or '),
    proofs.map((proof) => PROOFS[proof]).join(' or '),
    from === null ? '' : `from ${from}`,
    until === null ? '' : `before ${until}`,
    text.trim() === '' ? '' : `with “${text.trim()}”`,
  ].filter((part) => part !== '')
  return parts.length === 0 ? 'all' : parts.join(', ')
}

const SHOWN = 3

function some(names: readonly string[]): string {
  const more = names.length - SHOWN
  return more > 0 ? `${names.slice(0, SHOWN).join(', ')} and ${more} more` : names.join(', ')
}
