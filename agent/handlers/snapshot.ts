import { toColumns } from '../../contract/shapes/columns.ts'
import type { Repositories } from '../repositories/repositories.ts'
import { agent, heed } from './agent-contract.ts'

export function snapshotHandlers(repositories: Repositories) {
  return {
    list: agent.snapshot.list.handler(async ({ input, signal }) => {
      const snapshots = await repositories.snapshots.now(input.repositoryId, heed(signal))
      return toColumns(snapshots, ['id', 'time', 'hostname', 'username', 'paths', 'tags', 'treeId', 'files', 'bytes'])
    }),
  }
}
