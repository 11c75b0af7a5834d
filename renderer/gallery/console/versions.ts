import { toColumns } from '../../../contract/shapes/columns.ts'
import type { Series } from '../../../contract/shapes/search.ts'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { type NodeFacts, TREE_PAGE_LIMIT } from '../../../contract/shapes/tree.ts'
import type { VersionSpan, Versions } from '../../../contract/shapes/version.ts'
import { hexId, scramble } from './ids.ts'
import { before } from './moments.ts'
import { listTree, ROOT_TREE } from './tree.ts'

/** What a path is in some nights, one after the other. */
export interface Stretch {
  /** Nights ago. */
  readonly oldest: number
  readonly newest: number
  /** Null while it is gone. */
  readonly node: NodeFacts | null
}

const SERIES_KEYS = ['id', 'time', 'hostname', 'treeId'] as const

/** Snapshots as what is found in them names them: oldest first. */
export function seriesOf(snapshots: readonly Snapshot[]): Series {
  return toColumns(snapshots.toReversed(), SERIES_KEYS)
}

/** Paths that the newest snapshots no longer have, and since how many nights. */
export const DELETED: Readonly<Record<string, { readonly since: number; readonly node: NodeFacts }>> = {
  '/etc/nginx/nginx.conf.before-upgrade': { since: 3, node: fileFacts(1_398, 40) },
  '/srv/dumps/clinic-2026-11-18.sql.zst': { since: 2, node: fileFacts(1_286_602_752, 3) },
  '/home/maria/notes/nginx upstream.md': { since: 9, node: fileFacts(2_114, 31) },
}

/** What became of a path in the last `count` nights, newest stretch first; `node` is what is there now, if anything is. */
export function historyOf(path: string, count: number, node: NodeFacts): readonly Stretch[] {
  const deleted = DELETED[path]
  const newest = Math.min(deleted?.since ?? 0, count - 1)
  const gone: Stretch[] = deleted === undefined ? [] : [{ oldest: newest - 1, newest: 0, node: null }]
  return [...gone, ...changesOf(path, node, { newest, oldest: count - 1 })]
}

/** Nights at which a path was another; some were away for a while. */
function changesOf(path: string, node: NodeFacts, { newest, oldest }: Omit<Stretch, 'node'>): Stretch[] {
  const luck = scramble(`history:${path}`)
  const times = path.endsWith('.conf') ? 5 : path.endsWith('.dcm') || path === '/' ? 0 : luck % 4
  const stretches: Stretch[] = []
  let from = newest
  for (let change = 1; change <= times && from < oldest; change += 1) {
    const last = Math.min(oldest, from + 1 + (scramble(`${path}:${change}`) % 5) * change)
    const isAway = change === 3 && path.endsWith('.conf')
    stretches.push({ oldest: last, newest: from, node: isAway ? null : earlier(node, path, change - 1) })
    from = last + 1
  }
  if (from <= oldest) stretches.push({ oldest, newest: from, node: earlier(node, path, times) })
  return stretches
}

/** The node as it was some changes ago. */
function earlier(node: NodeFacts, path: string, changes: number): NodeFacts {
  if (changes === 0) return node
  const luck = scramble(`${path}#${changes}`)
  return {
    ...node,
    size: node.type === 'file' ? Math.max(0, Math.round(node.size * (1 - 0.04 * changes)) - (luck % 97)) : 0,
    modified: before({ days: 2 + changes * 11, minutes: luck % 1440 }).replace('Z', '123456+00:00'),
    mode: changes === 4 ? 0o600 : node.mode,
    treeId: node.treeId === null ? null : hexId(`${node.treeId}#${changes}`),
  }
}

function nodeAt(path: string): NodeFacts | undefined {
  const at = path.lastIndexOf('/')
  const parent = at <= 0 ? ROOT_TREE : hexId(`tree:${path.slice(0, at)}`)
  for (let offset = 0; ; offset += TREE_PAGE_LIMIT) {
    const page = listTree(parent, offset, TREE_PAGE_LIMIT)
    if (page === undefined || offset >= page.total) return undefined
    const row = page.nodes.name.indexOf(path.slice(at + 1))
    if (row >= 0) return factsAt(page.nodes, row)
  }
}

type Nodes = NonNullable<ReturnType<typeof listTree>>['nodes']

/** One node of a listing. */
export function factsAt(nodes: Nodes, row: number): NodeFacts {
  return {
    type: nodes.type[row] ?? 'irregular',
    size: nodes.size[row] ?? 0,
    modified: nodes.modified[row] ?? '',
    mode: nodes.mode[row] ?? 0,
    treeId: nodes.treeId[row] ?? null,
    linkTarget: nodes.linkTarget[row] ?? null,
  }
}

function fileFacts(size: number, days: number): NodeFacts {
  const modified = before({ days, hours: 4 }).replace('Z', '123456+00:00')
  return { type: 'file', size, modified, mode: 0o644, treeId: null, linkTarget: null }
}

/** What became of a path in the snapshots of a repository; undefined when the snapshot is not one of them. */
export function versionsOf(snapshots: readonly Snapshot[], snapshotId: string, path: string): Versions | undefined {
  if (!snapshots.some(({ id }) => id === snapshotId)) return undefined
  const last = snapshots.length - 1
  const node = DELETED[path]?.node ?? nodeAt(path)
  const stretches = node === undefined ? [] : historyOf(path, snapshots.length, node).toReversed()
  const spans = stretches.map(({ oldest, newest, node }, at): VersionSpan => {
    const change =
      node === null ? 'gone' : at === 0 ? 'first seen' : stretches[at - 1]?.node === null ? 'back' : 'changed'
    return { change, first: last - oldest, last: last - newest, node }
  })
  return { series: seriesOf(snapshots), spans }
}
