import { resolve, stat } from './resolve.ts'
import { sameVersion } from './search/same-version.ts'
import type { StoredNode } from './stored-node.ts'
import type { ListOptions, TreeReader } from './tree-reader.ts'

/** A stretch of snapshots in which a path is one and the same. */
export interface VersionSpan {
  /** Null while the path is not there. */
  readonly node: StoredNode | null
  /** `first seen`: from here on it is there, for the first time. `back`: it was gone. */
  readonly change: 'first seen' | 'changed' | 'gone' | 'back'
  /** The snapshots that hold it so, in the order given. */
  readonly snapshotIds: readonly string[]
}

/**
 * What became of a path from snapshot to snapshot: a span for each change, none for the time before it was first seen.
 * A directory changes when anything below it does. Give the snapshots of one series, oldest first. Throws as `resolve`
 * does.
 */
export async function versionsOf(
  reader: TreeReader,
  { snapshots, path }: { readonly snapshots: readonly { id: string; treeId: string }[]; readonly path: string },
  options: ListOptions,
): Promise<VersionSpan[]> {
  const parent = path.slice(0, path.replace(/\/+$/, '').lastIndexOf('/') + 1)
  const byFolder = new Map<string, StoredNode | undefined>()
  const spans: (VersionSpan & { snapshotIds: string[] })[] = []
  for (const { id, treeId } of snapshots) {
    const folder = await resolve(reader, { treeId, path: parent }, options)
    if (folder !== undefined && !byFolder.has(folder)) {
      byFolder.set(folder, await stat(reader, { treeId: folder, path: path.slice(parent.length) }, options))
    }
    const node = (folder === undefined ? undefined : byFolder.get(folder)) ?? null
    const last = spans.at(-1)
    if (last === undefined && node === null) continue
    if (last !== undefined && isSame(last.node, node)) last.snapshotIds.push(id)
    else spans.push({ node, change: changeOf(last, node), snapshotIds: [id] })
  }
  return spans
}

function isSame(one: StoredNode | null, other: StoredNode | null): boolean {
  return one === null || other === null ? one === other : sameVersion(one, other)
}

function changeOf(last: VersionSpan | undefined, node: StoredNode | null): VersionSpan['change'] {
  if (last === undefined) return 'first seen'
  if (node === null) return 'gone'
  return last.node === null ? 'back' : 'changed'
}
