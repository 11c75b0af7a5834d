import { Fault } from '../../../contract/errors.ts'
import { toColumns } from '../../../contract/shapes/columns.ts'
import { nodeDetailsOf, previewOf, totalsOf } from './contents.ts'
import type { Implementation } from './implementation.ts'
import { searchWorld } from './search.ts'
import { listTree } from './tree.ts'
import { versionsOf } from './versions.ts'
import type { World } from './world.ts'

const SNAPSHOT_KEYS = ['id', 'time', 'hostname', 'username', 'paths', 'tags', 'treeId', 'files', 'bytes'] as const

/** What is in snapshots. */
export function ofSnapshots(os: Implementation, world: World) {
  return {
    snapshots: {
      list: os.snapshots.list.handler(({ input }) => ({
        snapshots: toColumns(world.snapshots.get(input.repositoryId) ?? [], SNAPSHOT_KEYS),
        keptSince: world.keptSince,
      })),
    },
    tree: {
      list: os.tree.list.handler(({ input }) => {
        const page = found(listTree(input.treeId, input.offset, input.limit), 'tree', input.treeId)
        const { servedBy, keptSince } = world
        return { treeId: input.treeId, offset: input.offset, ...page, servedBy, keptSince }
      }),
      node: os.tree.node.handler(({ input }) => found(nodeDetailsOf(input.treeId, input.name), 'node', input.name)),
      totals: os.tree.totals.handler(({ input }) => found(totalsOf(input.treeId), 'tree', input.treeId)),
    },
    search: {
      find: os.search.find.handler(({ input, signal }) => searchWorld(world, input, signal)),
    },
    versions: {
      list: os.versions.list.handler(({ input }) => {
        const { repositoryId, snapshotId, path } = input
        return found(versionsOf(world.snapshots.get(repositoryId) ?? [], snapshotId, path), 'snapshot', snapshotId)
      }),
    },
    preview: {
      read: os.preview.read.handler(({ input: { repositoryId, snapshotId, path, limit } }) => {
        const older = world.snapshots.get(repositoryId)?.[0]?.id !== snapshotId
        return found(previewOf(path, limit, older ? 'older' : 'last'), 'file', path)
      }),
    },
  }
}

function found<T>(value: T | undefined, what: string, id: string): T {
  if (value === undefined) throw new Fault('not_found', { what, id })
  return value
}
