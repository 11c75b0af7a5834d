import { LOST, type TreeOutline } from '../tree-outlines.ts'

/** A directory's path with each listing that it has in any of the snapshots. */
export interface Place {
  /** Empty for the root, else with a slash first. */
  readonly path: string
  readonly trees: readonly PlaceTree[]
}

export interface PlaceTree {
  /** Its number among the outlines. */
  readonly tree: number
  /** A bit for each snapshot that has this listing here. */
  readonly held: bigint
}

/** The root of snapshots, each given by the number of its tree. */
export function placeOf(roots: readonly number[]): Place {
  const held = new Map<number, bigint>()
  for (const [at, tree] of roots.entries()) held.set(tree, (held.get(tree) ?? 0n) | (1n << BigInt(at)))
  return { path: '', trees: treesOf(held) }
}

/** The directories in a place, gathered from one of its listings after the other. */
export class Children {
  readonly #byName = new Map<string, Map<number, bigint> | PlaceTree>()

  add(outline: TreeOutline, held: bigint): void {
    let from = 0
    for (let at = 0; at < outline.below.length; at += 1) {
      const to = outline.names.indexOf('\0', from)
      const name = outline.names.slice(from, to)
      from = to + 1
      const tree = outline.below[at] ?? LOST
      if (tree !== LOST) this.#byName.set(name, withTree(this.#byName.get(name), { tree, held }))
    }
  }

  /** The last comes first, for a stack. */
  places(path: string): Place[] {
    const places = Array.from(this.#byName, ([name, trees]) => ({
      path: `${path}/${name}`,
      trees: trees instanceof Map ? treesOf(trees) : [trees],
    }))
    return places.reverse()
  }
}

/** Most directories are the same in all snapshots: a map is made only for those that are not. */
function withTree(known: Map<number, bigint> | PlaceTree | undefined, one: PlaceTree): Map<number, bigint> | PlaceTree {
  if (known === undefined) return one
  if (!(known instanceof Map)) {
    if (known.tree === one.tree) return { tree: one.tree, held: known.held | one.held }
    return new Map([
      [known.tree, known.held],
      [one.tree, one.held],
    ])
  }
  return known.set(one.tree, (known.get(one.tree) ?? 0n) | one.held)
}

function treesOf(held: ReadonlyMap<number, bigint>): PlaceTree[] {
  return Array.from(held, ([tree, bits]) => ({ tree, held: bits }))
}
