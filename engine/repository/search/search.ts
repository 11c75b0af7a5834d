import { setImmediate } from 'node:timers/promises'
import { Fault } from '../../../contract/errors.ts'
import type { NodeType } from '../../../contract/shapes/tree.ts'
import { compilePattern, type PatternText } from '../pattern/pattern.ts'
import type { StoredNode } from '../stored-node.ts'
import type { TreeReader } from '../tree-reader.ts'
import { NameScan } from './name-scan.ts'
import { Outliner } from './outliner.ts'
import { Children, type Place, placeOf } from './place.ts'
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
    const { versions, children } = await visit(place, outliner, query)
    for (const [name, states] of versions) {
      yield { path: `${place.path}/${name}`, versions: toHit(states, snapshots) }
    }
    for (const child of children.places(place.path)) open.push(child)
    outliner.prefetch(open)
  }
}

interface Version {
  readonly node: StoredNode
  held: bigint
}

interface Visited {
  /** The distinct nodes that fit, by name. */
  readonly versions: ReadonlyMap<string, Version[]>
  readonly children: Children
}

/** One listing of a place after the other: all twenty of a large directory would be much to hold at once. */
async function visit(
  place: Place,
  outliner: Outliner,
  query: SearchQuery & { readonly scan: NameScan },
): Promise<Visited> {
  const versions = new Map<string, Version[]>()
  const children = new Children()
  for (const [at, { tree, held }] of place.trees.entries()) {
    const outline = outliner.now(tree) ?? (await outliner.outline(tree, place.trees.slice(at + 1)))
    children.add(outline, held)
    const names = query.scan.namesOf(place.path, outline.names)
    if (names.size === 0) continue
    // Each tree in which a name fits is read once more.
    for (const node of await outliner.nodes(tree, names)) {
      if (fits(node, query)) addVersion(versions, { node, held })
    }
  }
  return { versions, children }
}

function addVersion(found: Map<string, Version[]>, { node, held }: Version): void {
  const versions = found.get(node.name)
  const same = versions?.find((version) => sameVersion(version.node, node))
  if (versions === undefined) found.set(node.name, [{ node, held }])
  else if (same === undefined) versions.push({ node, held })
  else same.held |= held
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
