import { type DiffRow, diffLines } from './text-diff.ts'

/** A row of three texts beside each other: line numbers, null for a text that has none there. */
export interface ThreeWayRow {
  readonly kind: 'same' | 'differs'
  readonly lines: readonly [number | null, number | null, number | null]
}

/** Lines that are the same in all three and not shown: as many from there on. */
export interface ThreeWayFold {
  readonly kind: 'fold'
  readonly count: number
  /** The row that it begins at. */
  readonly at: number
}

/** What became of a line of the middle text on one side of it, and what that side has besides, before that line. */
interface Alignment {
  /** The line beside each line of the middle. */
  readonly beside: ReadonlyMap<number, number>
  readonly isSame: ReadonlySet<number>
  /** Lines that only the other text has, by the line of the middle that they stand before. */
  readonly extra: ReadonlyMap<number, readonly number[]>
}

/** Align three texts by the middle one; null where two have too little in common to be compared in time. */
export function alignThree(
  first: readonly string[],
  middle: readonly string[],
  last: readonly string[],
): ThreeWayRow[] | null {
  const [back, forth] = [diffLines(first, middle), diffLines(middle, last)]
  if (back === null || forth === null) return null
  const left = alignmentOf(back, { middle: 'after', other: 'before' })
  const right = alignmentOf(forth, { middle: 'before', other: 'after' })
  const rows: ThreeWayRow[] = []
  for (let line = 0; line <= middle.length; line += 1) {
    const [lefts, rights] = [left.extra.get(line) ?? [], right.extra.get(line) ?? []]
    for (let at = 0; at < Math.max(lefts.length, rights.length); at += 1)
      rows.push({ kind: 'differs', lines: [lefts[at] ?? null, null, rights[at] ?? null] })
    if (line === middle.length) break
    const isSame = left.isSame.has(line) && right.isSame.has(line)
    const lines = [left.beside.get(line) ?? null, line, right.beside.get(line) ?? null] as const
    rows.push({ kind: isSame ? 'same' : 'differs', lines })
  }
  return rows
}

function alignmentOf(
  rows: readonly DiffRow[],
  { middle, other }: Readonly<Record<'middle' | 'other', 'before' | 'after'>>,
): Alignment {
  const beside = new Map<number, number>()
  const isSame = new Set<number>()
  const extra = new Map<number, number[]>()
  let line = 0
  for (const row of rows) {
    const here = numberOf(row, middle)
    const there = numberOf(row, other)
    if (here === null) {
      if (there !== null) extra.set(line, [...(extra.get(line) ?? []), there])
      continue
    }
    if (there !== null) beside.set(here, there)
    if (row.kind === 'same') isSame.add(here)
    line = here + 1
  }
  return { beside, isSame, extra }
}

function numberOf(row: DiffRow, side: 'before' | 'after'): number | null {
  if (side === 'before') return 'before' in row ? row.before : null
  return 'after' in row ? row.after : null
}

/** Lines that are shown around what differs. */
const CONTEXT = 3

/** The same with long stretches of equal lines folded, but for those that were opened (by their first row). */
export function foldedThree(
  rows: readonly ThreeWayRow[],
  opened: ReadonlySet<number>,
): readonly (ThreeWayRow | ThreeWayFold)[] {
  const shown: (ThreeWayRow | ThreeWayFold)[] = []
  for (let at = 0; at < rows.length; ) {
    const row = rows[at]
    let end = at
    while (rows[end]?.kind === 'same') end += 1
    if (row !== undefined && end === at) {
      shown.push(row)
      at += 1
      continue
    }
    const head = at === 0 ? 0 : CONTEXT
    const tail = end === rows.length ? 0 : CONTEXT
    const hidden = end - at - head - tail
    if (hidden < 2 || opened.has(at + head)) shown.push(...rows.slice(at, end))
    else {
      shown.push(...rows.slice(at, at + head), { kind: 'fold', count: hidden, at: at + head })
      shown.push(...rows.slice(end - tail, end))
    }
    at = end
  }
  return shown
}
