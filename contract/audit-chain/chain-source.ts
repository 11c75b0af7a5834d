import type { ChainLink } from './chain.ts'

/** An audit to be checked. */
export interface ChainSource {
  /** All its rows in the order in which they stand, some at a time, from the first, as often as they are asked for. */
  pages(): Iterable<readonly ChainLink[]>
  /** What the part of the audit is called that this place belongs to; null where it is not kept apart. */
  segmentOf(sequence: number): string | null
}

/** The row that stands in this place; undefined where none does. */
export function linkAt(source: ChainSource, sequence: number): ChainLink | undefined {
  for (const links of source.pages()) {
    const found = links.find((link) => link.sequence === sequence)
    if (found !== undefined) return found
  }
  return undefined
}
