import { rowCount } from '../../contract/shapes/columns.ts'
import type { NodeColumns } from '../../contract/shapes/tree.ts'
import type { Browsing } from '../browsing/browsing.ts'
import type { Repositories } from '../repositories/repositories.ts'
import { agent, heed } from './agent-contract.ts'

interface TreeHandlersDeps {
  readonly repositories: Repositories
  readonly browsing: Browsing
}

export function treeHandlers({ repositories, browsing }: TreeHandlersDeps) {
  return {
    list: agent.tree.list.handler(async ({ input, signal }) => {
      const { repositoryId, treeId, offset, limit } = input
      const reader = await repositories.reader(repositoryId)
      const nodes = await reader.list(treeId, { signal: heed(signal) })
      return {
        treeId,
        offset,
        total: rowCount(nodes),
        nodes: page(nodes, offset, offset + limit),
        servedBy: reader.served,
      }
    }),
    node: agent.tree.node.handler(({ input, signal }) => browsing.node(input, heed(signal))),
    totals: agent.tree.totals.handler(({ input, signal }) => browsing.totals(input, heed(signal))),
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
