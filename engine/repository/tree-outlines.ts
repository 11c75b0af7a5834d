import type { StoredOutline } from './stored-outline.ts'

/** As much of a directory as a walk over many needs: names and what is below, about 35 bytes a node. */
export interface TreeOutline {
  /** Directories first, each name closed by a NUL. */
  readonly names: string
  /** The numbers of the directories' trees, in the order of their names; `LOST` where restic recorded none. */
  readonly below: readonly number[]
}

export const LOST = -1

const BYTES_A_NUMBER = 8
const BYTES_AN_OUTLINE = 150

/**
 * Outlines by tree. Trees have small numbers here, since every directory is named by its parents in many snapshots. Once
 * the limit is reached no more are kept: a walk comes by in the same order each time, so to drop the oldest would be to
 * drop what is wanted next.
 */
export class TreeOutlines {
  readonly #limit: number
  readonly #numbers = new Map<string, number>()
  readonly #ids: string[] = []
  readonly #outlines: (TreeOutline | undefined)[] = []
  #bytes = 0

  /** `limit` in bytes, about. */
  constructor(limit: number) {
    this.#limit = limit
  }

  numberOf(treeId: string): number {
    const known = this.#numbers.get(treeId)
    if (known !== undefined) return known
    const number = this.#ids.push(treeId) - 1
    this.#numbers.set(treeId, number)
    return number
  }

  idOf(number: number): string {
    return this.#ids[number] ?? ''
  }

  get(number: number): TreeOutline | undefined {
    return this.#outlines[number]
  }

  /** The outline with numbers for ids; it is kept while there is room. */
  put(number: number, { names, below: ids }: StoredOutline): TreeOutline {
    const below = ids.map((treeId) => (treeId === null ? LOST : this.numberOf(treeId)))
    const outline = { names, below }
    const bytes = names.length + below.length * BYTES_A_NUMBER + BYTES_AN_OUTLINE
    if (this.#outlines[number] === undefined && this.#bytes + bytes <= this.#limit) {
      this.#outlines[number] = outline
      this.#bytes += bytes
    }
    return outline
  }
}
