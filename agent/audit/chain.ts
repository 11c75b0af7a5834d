import { createHash } from 'node:crypto'
import type { AuditRow } from '../journal/audit-store.ts'

/** What stands before the first row. */
export const CHAIN_START = '0'.repeat(64)

type Link = Omit<AuditRow, 'hash'>

/** SHA-256 over the previous row's hash and all of this row, as canonical JSON. */
export function hashOf({ previous, sequence, entryId, step, runId, body }: Link): string {
  return createHash('sha256')
    .update(previous)
    .update(canonicalJson({ sequence, entryId, step, runId, body }))
    .digest('hex')
}

/** True when no row was changed, left out or put in between. Rows that were cut off the end cannot be seen from here. */
export function isIntact(rows: Iterable<AuditRow>): boolean {
  let previous = CHAIN_START
  let sequence = 0
  for (const row of rows) {
    sequence += 1
    if (row.sequence !== sequence || row.previous !== previous || row.hash !== hashOf(row)) return false
    previous = row.hash
  }
  return true
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
