import type { z } from 'zod'
import type { KeptTreePage } from '../../../contract/console/tree.ts'
import {
  type FolderTotals,
  folderTotalsSchema,
  type treeInputSchema,
  type treeListInputSchema,
  treePageSchema,
} from '../../../contract/shapes/tree.ts'
import { os } from '../console.ts'
import type { HostsService } from '../hosts/index.ts'
import type { KeptListings, KeptName } from '../kept/index.ts'
import { signalOf } from '../signals.ts'

interface Deps {
  readonly hosts: HostsService
  readonly kept: KeptListings
}

interface OnHost {
  readonly hostId: string
}
type PageQuery = OnHost & z.infer<typeof treeListInputSchema>
type TreeQuery = OnHost & z.infer<typeof treeInputSchema>

/** Directories by tree id: a tree's id is always the same listing, so what was read once need not be asked again. */
export class TreeService {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** One page, as it was kept or else as the agent answers. Throws what the agent's `tree.list` throws. */
  async list({ hostId, ...query }: PageQuery, signal: AbortSignal): Promise<KeptTreePage> {
    const { hosts, kept } = this.#deps
    const { repositoryId, treeId, offset, limit } = query
    const name: KeptName = { hostId, repositoryId, what: ['tree', treeId, offset, limit] }
    const found = await kept.read(name, treePageSchema)
    if (found !== null) return { ...found.value, keptSince: found.since }
    const page = await hosts.ask(hostId, (agent) => agent.tree.list(query, { signal }), signal)
    kept.keep(name, page)
    return { ...page, keptSince: null }
  }

  /** What lies below a directory, as it was kept or else as the agent answers. Throws as `list` does. */
  async totals({ hostId, ...query }: TreeQuery, signal: AbortSignal): Promise<FolderTotals> {
    const { hosts, kept } = this.#deps
    const { repositoryId, treeId } = query
    const name: KeptName = { hostId, repositoryId, what: ['totals', treeId] }
    const found = await kept.read(name, folderTotalsSchema)
    if (found !== null) return found.value
    const totals = await hosts.ask(hostId, (agent) => agent.tree.totals(query, { signal }), signal)
    kept.keep(name, totals)
    return totals
  }
}

/** `tree.*` of the console's contract. */
export function treeHandlers(tree: TreeService, hosts: HostsService) {
  return {
    list: os.tree.list.handler(({ input, signal }) => tree.list(input, signalOf({ signal }))),
    node: os.tree.node.handler(({ input: { hostId, ...query }, ...options }) => {
      const signal = signalOf(options)
      return hosts.ask(hostId, (agent) => agent.tree.node(query, { signal }), signal)
    }),
    totals: os.tree.totals.handler(({ input, signal }) => tree.totals(input, signalOf({ signal }))),
  }
}
