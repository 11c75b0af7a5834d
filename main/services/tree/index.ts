import { os } from '../console.ts'
import type { HostsService } from '../hosts/index.ts'
import { signalOf } from '../signals.ts'

/** `tree.*` of the console's contract: as the host's agent answers. */
export function treeHandlers(hosts: HostsService) {
  return {
    list: os.tree.list.handler(async ({ input: { hostId, ...query }, ...options }) => {
      const signal = signalOf(options)
      const page = await hosts.ask(hostId, (agent) => agent.tree.list(query, { signal }), signal)
      return { ...page, keptSince: null }
    }),
    node: os.tree.node.handler(({ input: { hostId, ...query }, ...options }) => {
      const signal = signalOf(options)
      return hosts.ask(hostId, (agent) => agent.tree.node(query, { signal }), signal)
    }),
    totals: os.tree.totals.handler(({ input: { hostId, ...query }, ...options }) => {
      const signal = signalOf(options)
      return hosts.ask(hostId, (agent) => agent.tree.totals(query, { signal }), signal)
    }),
  }
}
