import { setImmediate } from 'node:timers/promises'
import { Fault } from '../../../contract/errors.ts'
import type { NodeType } from '../../../contract/shapes/tree.ts'
import { compilePattern, type PatternText } from '../pattern/pattern.ts'
import type { StoredNode } from '../stored-node.ts'
import type { TreeOutline } from '../tree-outlines.ts'
import type { TreeReader } from '../tree-reader.ts'
import { NameScan } from './name-scan.ts'
import { Outliner } from './outliner.ts'
import { childrenOf, type Place, placeOf } from './place.ts'
import { sameVersion } from './same-version.ts'

export interface SearchQuery {
  readonly pattern: PatternText
  /** All types unless given. */
  readonly types?: readonly NodeType[]
  /** Bytes, both inclusive. */
  readonly size?: { readonly least?: number; readonly most?: number }
  /** When the node was last modified, milliseconds since 1970: from `from`, before `until`. */
  readonly modified?: { readonly from?: number; readonly until?: number }
  /** Told of each directory that the search comes to: how many that makes, and its path. */
  readonly looked?: (directories: number, at: string) => void
}

/** A snapshot to be searched. */
export interface Searched {
  readonly id: string
  readonly treeId: string
}

/** A path at which something was found. */
export interface SearchHit {
  /** From the snapshot's root, with a slash first. */
  readonly path: string
  /** Each state of the node that fits, in the order of the snapshots given, with the snapshots that hold it. */
  readonly versions: readonly { readonly node: StoredNode; readonly snapshotIds: readonly string[] }[]
}

/** Milliseconds for which others wait at most. */
const TURN = 20

/**
 * Find nodes in any number of snapshots at once, path by path from the root, a directory before what is in it. A directory
 * that several snapshots share is visited once for all of them. Throws `invalid_input` for a bad pattern before anything is
 * read, `cancelled`, and what `TreeReader.list` throws.
 */
export function search(
  reader: TreeReader,
  snapshots: readonly Searched[],
  query: SearchQuery & { readonly signal?: AbortSignal },
): AsyncGenerator<SearchHit, void, void> {
  const scan = new NameScan(compilePattern(query.pattern))
  return found(reader, snapshots, { ...query, scan })
}

async function* found(
  reader: TreeReader,
  snapshots: readonly Searched[],
  query: SearchQuery & { readonly scan: NameScan; readonly signal?: AbortSignal },
): AsyncGenerator<SearchHit, void, void> {
  using outliner = new Outliner(reader, query.signal)
  const open: Place[] = [placeOf(snapshots.map(({ treeId }) => outliner.numberOf(treeId)))]
  let turnEnds = performance.now() + TURN
  let directories = 0
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (query.signal?.aborted) throw new Fault('cancelled', {})
    if (performance.now() > turnEnds) {
      await setImmediate()
      turnEnds = performance.now() + TURN
    }
    directories += 1
    query.looked?.(directories, place.path || '/')
    const outlines = outliner.allNow(place) ?? (await outliner.all(place))
    for (const [name, versions] of await versionsIn(place, outlines, { outliner, query })) {
      yield { path: `${place.path}/${name}`, versions: toHit(versions, snapshots) }
    }
    for (const child of childrenOf(place, outlines)) open.push(child)
    outliner.prefetch(open)
  }
}

interface Version {
  readonly node: StoredNode
  held: bigint
}

/** The distinct nodes of a place that fit, by name. Each tree in which a name fits is read once. */
async function versionsIn(
  place: Place,
  outlines: readonly TreeOutline[],
  { outliner, query }: { readonly outliner: Outliner; readonly query: SearchQuery & { readonly scan: NameScan } },
): Promise<Map<string, Version[]>> {
  const found = new Map<string, Version[]>()
  for (const [at, { tree, held }] of place.trees.entries()) {
    const names = query.scan.namesOf(place.path, outlines[at]?.names ?? '')
    if (names.size === 0) continue
    for (const node of await outliner.nodes(tree, names)) {
      if (!fits(node, query)) continue
      const versions = found.get(node.name) ?? []
      const same = versions.find((version) => sameVersion(version.node, node))
      if (same === undefined) versions.push({ node, held })
      else same.held |= held
      found.set(node.name, versions)
    }
  }
  return found
}

function toHit(versions: readonly Version[], snapshots: readonly Searched[]): SearchHit['versions'] {
  return versions
    .map(({ node, held }) => ({ node, holding: snapshots.filter((_, at) => ((held >> BigInt(at)) & 1n) === 1n) }))
    .toSorted((left, right) => firstOf(left.holding, snapshots) - firstOf(right.holding, snapshots))
    .map(({ node, holding }) => ({ node, snapshotIds: holding.map(({ id }) => id) }))
}

function firstOf([first]: readonly Searched[], all: readonly Searched[]): number {
  return first === undefined ? all.length : all.indexOf(first)
}

function fits(node: StoredNode, { types, size, modified }: SearchQuery): boolean {
  if (types !== undefined && !types.includes(node.type)) return false
  if (node.size < (size?.least ?? 0) || node.size > (size?.most ?? Number.POSITIVE_INFINITY)) return false
  if (modified === undefined) return true
  const moment = Date.parse(node.modified)
  return moment >= (modified.from ?? Number.NEGATIVE_INFINITY) && moment < (modified.until ?? Number.POSITIVE_INFINITY)
}
