import { createHash } from 'node:crypto'
import type { AuditRow, FoundLink } from '../journal/audit-store.ts'

/** What stands before the first row. */
export const CHAIN_START = { sequence: 0, hash: '0'.repeat(64) }

type Link = Omit<FoundLink, 'hash'>

/** SHA-256 over the previous row's hash and all of this row, as canonical JSON. */
export function hashOf({ previous, sequence, entryId, step, runId, body }: Link): string {
  return createHash('sha256')
    .update(previous)
    .update(canonicalJson({ sequence, entryId, step, runId, body }))
    .digest('hex')
}

/** Up to where a chain has been followed. */
export interface ChainPoint {
  readonly sequence: number
  readonly hash: string
}

/** Whether this row is the one that was written after `point`. */
export function follows(point: ChainPoint, row: FoundLink): boolean {
  return row.sequence === point.sequence + 1 && row.previous === point.hash && row.hash === hashOf(row)
}

/**
 * Follow the chain from `start` over the rows after it. Undefined when one was changed, left out or put in between;
 * rows that were cut off the end cannot be seen from here.
 */
export function followChain(start: ChainPoint, rows: Iterable<AuditRow>): ChainPoint | undefined {
  let point = start
  for (const row of rows) {
    if (!follows(point, row)) return undefined
    point = { sequence: row.sequence, hash: row.hash }
  }
  return point
}

/** JSON with sorted keys and no spaces: the same value is always the same text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`)
  return `{${fields.join(',')}}`
}
