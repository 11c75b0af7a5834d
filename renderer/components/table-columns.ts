import type { ReactNode } from 'react'

export interface Column<R> {
  readonly id: string
  /** Empty for a column of buttons, which says so itself. */
  readonly title: string
  /** A grid track: `120px`, `minmax(160px, 1fr)`. Its pixels are those of the usual size of text, and grow with it. */
  readonly width: string
  readonly align?: 'end'
  cell(row: R): ReactNode
  /** Makes the column sortable: negative when the first comes first. */
  compare?(a: R, b: R): number
  /** The column is left out where the table is narrower than this, in pixels of the usual size of text. */
  readonly hideBelow?: number
}

export interface Sort {
  readonly column: string
  readonly direction: 'ascending' | 'descending'
}

/** Rows of a list that is longer than what is in memory: any of them by its place. */
export interface RowList<R> {
  readonly length: number
  at(position: number): R | undefined
}

/** A browser's text at 100 %. */
const USUAL_PIXELS = 16

/** Grid tracks whose pixels grow with the text. */
export function growingTracks(tracks: string): string {
  return tracks.replaceAll(/(?<![\w.])(\d+(?:\.\d+)?)px/g, (_, pixels: string) => `${Number(pixels) / USUAL_PIXELS}rem`)
}

/** Between two columns, and at either end of a row. */
const GAP_PIXELS = 12

/** How narrow these columns can be, in pixels of the usual size of text. */
export function leastWidth<R>(columns: readonly Column<R>[]): number {
  const tracks = columns.map(({ width }) => Number(/(\d+(?:\.\d+)?)px/.exec(width)?.[1] ?? 0))
  return tracks.reduce((sum, pixels) => sum + pixels, 0) + (columns.length + 1) * GAP_PIXELS
}

/** The columns for which there is room, `width` in pixels of the usual size of text; all of them while it is not known yet. */
export function shownColumns<C extends { readonly hideBelow?: number }>(
  columns: readonly C[],
  width: number,
): readonly C[] {
  return width === 0 ? columns : columns.filter(({ hideBelow = 0 }) => width >= hideBelow)
}

export interface Sorting<R> {
  readonly columns: readonly Column<R>[]
  /** Null: as they come. */
  readonly sort: Sort | null
  /** Rows that stand before the others whichever way these are sorted. */
  readonly staysFirst?: ((row: R) => boolean) | undefined
}

/** The rows in the order asked for; as they come where none is. Equal rows keep their order either way. */
export function sortRows<R>(rows: readonly R[], { columns, sort, staysFirst }: Sorting<R>): readonly R[] {
  const compare = columns.find(({ id }) => id === sort?.column)?.compare
  if (sort === null || compare === undefined) return rows
  const sorted = sort.direction === 'ascending' ? rows.toSorted(compare) : rows.toSorted((a, b) => compare(b, a))
  if (staysFirst === undefined) return sorted
  return [...sorted.filter(staysFirst), ...sorted.filter((row) => !staysFirst(row))]
}
