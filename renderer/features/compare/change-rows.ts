import { type RowOf, toRows } from '../../../contract/shapes/columns.ts'
import type { ChangeColumns, ChangeKind, RollUp } from '../../../contract/shapes/compare.ts'
import type { NodeType } from '../../../contract/shapes/tree.ts'
import { type Listing, NODE_TYPES } from '../../components/tree/listing.ts'

/** One path of a level of a comparison. */
export type ChangeRow = RowOf<ChangeColumns>

/** What can be looked for, in the order in which it is offered. */
export const KINDS = ['added', 'removed', 'modified', 'retyped', 'metadata'] as const satisfies readonly ChangeKind[]
export type Kind = (typeof KINDS)[number]

export interface ChangeFilter {
  readonly kinds: ReadonlySet<Kind>
  /** Also what has only another owner, other rights or times. */
  readonly metadata: boolean
  readonly onlyChanges: boolean
}

export const EVERYTHING: ChangeFilter = { kinds: new Set(KINDS), metadata: false, onlyChanges: true }

/** What a row is; of what became something else, what it is now. */
export function typeOf({ typeBefore, typeAfter }: ChangeRow): NodeType {
  return typeAfter ?? typeBefore ?? 'irregular'
}

/** A folder that can be opened: what became something else has no two sides to be compared. */
export function isFolder(row: ChangeRow): boolean {
  return row.kind !== 'retyped' && typeOf(row) === 'dir'
}

/** How many of the wanted changes are below a folder. */
export function countOf(rollUp: RollUp, { kinds, metadata }: ChangeFilter): number {
  // Both may turn out to be a change.
  const open = (kinds.has('modified') ? (rollUp.undecided ?? 0) : 0) + (rollUp.unread ?? 0)
  return KINDS.reduce(
    (sum, kind) => (kinds.has(kind) && (kind !== 'metadata' || metadata) ? sum + rollUp[kind] : sum),
    open,
  )
}

/**
 * What the mark of a row says under a filter, with what is known of what is below it: metadata that nobody wants to see is
 * none.
 */
export function shownKind(row: ChangeRow, filter: ChangeFilter, rollUp: RollUp | null = null): ChangeKind {
  const kind = kindUnder(row, filter)
  if (kind !== 'undecided' || rollUp === null || !isFolder(row)) return kind
  if ((rollUp.unread ?? 0) > 0) return 'undecided'
  return countOf(rollUp, { ...filter, kinds: new Set(KINDS) }) > 0 ? 'inside' : 'same'
}

function kindUnder(row: ChangeRow, { metadata }: ChangeFilter): ChangeKind {
  if (row.kind !== 'metadata' || metadata) return row.kind
  if (row.typeBefore !== 'dir' || row.treeBefore === row.treeAfter) return 'same'
  // The host names no listings: what is in a folder is looked at once it is opened.
  return row.treeAfter === null ? 'undecided' : 'inside'
}

/** Whether a row is shown; `rollUp` is what is known of what is below it, null while that is not known. */
export function isShown(row: ChangeRow, filter: ChangeFilter, rollUp: RollUp | null): boolean {
  const { kinds, metadata, onlyChanges } = filter
  if (!onlyChanges) return true
  const hasBoth = row.typeBefore === 'dir' && row.typeAfter === 'dir'
  const isWanted = isKind(row.kind) && kinds.has(row.kind) && (row.kind !== 'metadata' || metadata)
  if (isWanted) return true
  if (row.kind === 'undecided' && !hasBoth) return kinds.has('modified')
  if (!hasBoth || row.kind === 'same') return false
  // Nothing below differs where both sides have one listing.
  if (row.treeBefore !== null && row.treeBefore === row.treeAfter) return false
  return rollUp === null || countOf(rollUp, filter) > 0
}

/** Rows as a tree takes them; `keyOf` names the level below a folder. */
export function listingOf(rows: readonly ChangeRow[], keyOf: (row: ChangeRow) => string): Listing {
  const folders = rows.flatMap((row, at): [number, string][] => (isFolder(row) ? [[at, keyOf(row)]] : []))
  const links = rows.flatMap(({ linkAfter, linkBefore }, at): [number, string][] => {
    const link = linkAfter ?? linkBefore
    return link === null ? [] : [[at, link]]
  })
  // A folder that became a file, or a file that became a folder, is drawn as something that cannot be opened.
  const types = rows.map((row) => (isFolder(row) || typeOf(row) !== 'dir' ? typeOf(row) : 'irregular'))
  return {
    names: rows.map(({ name }) => name),
    types: Uint8Array.from(types, (type) => NODE_TYPES.indexOf(type)),
    sizes: Float64Array.from(rows, (row) => (row.typeAfter === null ? row.sizeBefore : row.sizeAfter)),
    modified: Float64Array.from(rows, (row) => Date.parse(row.modifiedAfter || row.modifiedBefore)),
    modes: Uint16Array.from(rows, (row) => (row.typeAfter === null ? row.modeBefore : row.modeAfter)),
    treeIds: new Map(folders),
    linkTargets: new Map(links),
  }
}

export function rowsOf(columns: ChangeColumns): ChangeRow[] {
  return toRows(columns)
}

function isKind(kind: ChangeKind): kind is Kind {
  return KINDS.some((each) => each === kind)
}
