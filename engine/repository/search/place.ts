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

/** The directories in a place; the last comes first, for a stack. */
export function childrenOf(place: Place, outlines: readonly TreeOutline[]): Place[] {
  const children = new Map<string, Map<number, bigint> | PlaceTree>()
  for (const [at, { held }] of place.trees.entries()) {
    const outline = outlines[at]
    if (outline === undefined) continue
    let from = 0
    for (const tree of outline.below) {
      const to = outline.names.indexOf('\0', from)
      const name = outline.names.slice(from, to)
      from = to + 1
      if (tree !== LOST) children.set(name, withTree(children.get(name), { tree, held }))
    }
  }
  const places = Array.from(children, ([name, trees]) => ({
    path: `${place.path}/${name}`,
    trees: trees instanceof Map ? treesOf(trees) : [trees],
  }))
  return places.reverse()
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
