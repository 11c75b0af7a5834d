import type { LedgerItem } from './restore-event.ts'

/** Something on disk below the target that holds nothing else. */
export interface Found {
  /** Exact snapshot path. */
  readonly path: string
  readonly size: number
}

/** An error that restic reported for an item. */
export interface Failure {
  readonly message: string
  /** It was met while reading back what had been written. */
  readonly verifying: boolean
}

/** All that is known of the items that restic prints with one and the same path; nearly always it is one item. */
export interface Evidence {
  /** As restic prints it. */
  readonly path: string
  /** What the dry run announced, one size for each item; 0 also for what has a size of another kind. */
  readonly sizes: readonly number[]
  /** How often restic said that it is restored. */
  readonly said: number
  readonly failure: Failure | null
  readonly found: readonly Found[]
}

export const UNVERIFIED = 'It is restored but was not read back: its own permissions forbid that to this user.'

/**
 * What became of each of these items. restic's word alone is not enough: it says "restored" of damaged files. Nothing
 * for those that a stopped restore (`complete` false) had not finished.
 */
export function judge(evidence: Evidence, complete: boolean): LedgerItem[] {
  const { failure, said, sizes } = evidence
  if (failure !== null && !isUnreadable(failure)) return fail(evidence, failure.message)
  if (said < sizes.length) return complete ? fail(evidence, 'restic ended before it was finished.') : []
  return compare(evidence, failure === null ? '' : UNVERIFIED)
}

/** A file that its owner may not read cannot be verified by its owner; root reads it all the same. */
function isUnreadable({ message, verifying }: Failure): boolean {
  return verifying && process.geteuid?.() !== 0 && message.endsWith('permission denied')
}

function fail({ path, sizes, found }: Evidence, message: string): LedgerItem[] {
  const reason =
    sizes.length === 1 ? message : `One or more of ${sizes.length} items whose names look alike: ${message}`
  return sizes.map((size, at) => ({ path: found[at]?.path ?? path, action: 'failed', size, reason }))
}

function compare({ path, sizes, found }: Evidence, reason: string): LedgerItem[] {
  const pool = [...found]
  const items: LedgerItem[] = []
  const wrong: number[] = []
  // Size 0 fits all: it stands for links and for the second name of a file too.
  for (const size of sizes.toSorted((left, right) => right - left)) {
    const at = pool.findIndex((candidate) => size === 0 || candidate.size === size)
    const [match] = at < 0 ? [] : pool.splice(at, 1)
    if (match === undefined) wrong.push(size)
    else items.push({ path: match.path, action: 'restored', size, reason })
  }
  for (const size of wrong) {
    const other = pool.shift()
    const said =
      other === undefined ? 'It is not on disk.' : `It has ${other.size} bytes on disk and ${size} in the snapshot.`
    items.push({ path: other?.path ?? path, action: 'failed', size, reason: said })
  }
  return items
}
