import { rowCount } from '../../contract/shapes/columns.ts'
import type { NodeColumns } from '../../contract/shapes/tree.ts'
import type { Repositories } from '../repositories/repositories.ts'
import { agent, heed } from './agent-contract.ts'

export function treeHandlers(repositories: Repositories) {
  return {
    list: agent.tree.list.handler(async ({ input, signal }) => {
      const { repositoryId, treeId, offset, limit } = input
      const reader = await repositories.reader(repositoryId)
      const nodes = await reader.list(treeId, { signal: heed(signal) })
      return { treeId, offset, total: rowCount(nodes), nodes: page(nodes, offset, offset + limit) }
    }),
  }
}

function page(nodes: NodeColumns, from: number, to: number): NodeColumns {
  const { name, type, size, modified, mode, treeId, linkTarget } = nodes
  return {
    name: name.slice(from, to),
    type: type.slice(from, to),
    size: size.slice(from, to),
    modified: modified.slice(from, to),
    mode: mode.slice(from, to),
    treeId: treeId.slice(from, to),
    linkTarget: linkTarget.slice(from, to),
  }
}
