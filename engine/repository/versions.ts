import { resolve, stat } from './resolve.ts'
import { sameVersion } from './search/same-version.ts'
import type { StoredNode } from './stored-node.ts'
import type { ListOptions, TreeReader } from './tree-reader.ts'

/** A snapshot that may say something of a path. */
export interface VersionedSnapshot {
  readonly id: string
  readonly treeId: string
  /** What was backed up, as restic recorded it: absolute paths of the machine that was. */
  readonly paths: readonly string[]
}

/** A stretch of snapshots in which a path is one and the same. */
export interface VersionSpan {
  /** `first seen`: from here on it is there, for the first time. `back`: it was gone. */
  readonly change: 'first seen' | 'changed' | 'gone' | 'back'
  /** Positions in the series, both inclusive. */
  readonly first: number
  readonly last: number
  /** Null while the path is not there. */
  readonly node: StoredNode | null
}

export interface PathVersions {
  /** The ids of the snapshots that say something of the path, in the order given. */
  readonly series: readonly string[]
  readonly spans: readonly VersionSpan[]
}

/**
 * What became of a path from snapshot to snapshot: a span for each change, none for the time before it was first seen.
 * A directory changes when anything below it does. A snapshot that was made of other paths says nothing, and is left out.
 * Give the snapshots of one machine, oldest first. Throws as `resolve` does.
 */
export async function versionsOf(
  reader: TreeReader,
  { snapshots, path }: { readonly snapshots: readonly VersionedSnapshot[]; readonly path: string },
  options: ListOptions,
): Promise<PathVersions> {
  const nodes = await nodesAt(reader, { snapshots, path }, options)
  const covering = new Set(snapshots.filter((_, at) => nodes[at] !== null).map(recordedPaths))
  const series: string[] = []
  const spans: VersionSpan[] = []
  for (const [at, snapshot] of snapshots.entries()) {
    const node = nodes[at] ?? null
    const covers = covering.has(recordedPaths(snapshot)) || (await holdsSourceOf(reader, { snapshot, path }, options))
    if (!covers) continue
    const position = series.push(snapshot.id) - 1
    const last = spans.at(-1)
    if (last === undefined && node === null) continue
    if (last !== undefined && isSame(last.node, node)) spans[spans.length - 1] = { ...last, last: position }
    else spans.push({ change: changeOf(last, node), first: position, last: position, node })
  }
  return { series, spans }
}

/** The node at the path in each snapshot, null where there is none. A folder that several share is read once. */
async function nodesAt(
  reader: TreeReader,
  { snapshots, path }: { readonly snapshots: readonly VersionedSnapshot[]; readonly path: string },
  options: ListOptions,
): Promise<(StoredNode | null)[]> {
  const parent = path.slice(0, path.replace(/\/+$/, '').lastIndexOf('/') + 1)
  const byFolder = new Map<string, StoredNode | undefined>()
  const nodes: (StoredNode | null)[] = []
  for (const { treeId } of snapshots) {
    const folder = await resolve(reader, { treeId, path: parent }, options)
    if (folder !== undefined && !byFolder.has(folder)) {
      byFolder.set(folder, await stat(reader, { treeId: folder, path: path.slice(parent.length) }, options))
    }
    nodes.push((folder === undefined ? undefined : byFolder.get(folder)) ?? null)
  }
  return nodes
}

/** The same text for snapshots of the same paths: what one of them holds, the others would hold if it had been there. */
function recordedPaths({ paths }: VersionedSnapshot): string {
  return JSON.stringify(paths.toSorted())
}

/**
 * True when a folder above the path was backed up. Whoever backs up a relative path, as in `restic backup .`, has the
 * whole path recorded and only the relative one stored, so the folder must be in the snapshot under its whole path.
 */
async function holdsSourceOf(
  reader: TreeReader,
  { snapshot, path }: { readonly snapshot: VersionedSnapshot; readonly path: string },
  options: ListOptions,
): Promise<boolean> {
  for (const source of snapshot.paths.map(storedPathOf)) {
    const folder = source.replace(/\/*$/, '/')
    if (!path.startsWith(folder)) continue
    if ((await resolve(reader, { treeId: snapshot.treeId, path: folder }, options)) !== undefined) return true
  }
  return false
}

/** Where restic stores what it recorded as this path: a drive of Windows becomes a folder of the root. */
function storedPathOf(recorded: string): string {
  const [, drive, rest] = /^([A-Za-z]):[\\/](.*)$/s.exec(recorded) ?? []
  return drive === undefined ? recorded : `/${drive}/${rest?.replaceAll('\\', '/') ?? ''}`
}

function isSame(one: StoredNode | null, other: StoredNode | null): boolean {
  return one === null || other === null ? one === other : sameVersion(one, other)
}

function changeOf(last: VersionSpan | undefined, node: StoredNode | null): VersionSpan['change'] {
  if (last === undefined) return 'first seen'
  if (node === null) return 'gone'
  return last.node === null ? 'back' : 'changed'
}
