import { os } from '../console.ts'
import type { HostsService } from '../hosts/index.ts'
import { signalOf } from '../signals.ts'
import type { CompareService } from './compare-service.ts'

export { CompareService } from './compare-service.ts'

/** `compare.*` of the console's contract: as the host's agent answers. */
export function compareHandlers(compare: CompareService, hosts: HostsService) {
  return {
    level: os.compare.level.handler(({ input: { hostId, ...query }, ...options }) => {
      const signal = signalOf(options)
      return hosts.ask(hostId, (agent) => agent.compare.level(query, { signal }), signal)
    }),
    rollUps: os.compare.rollUps.handler(({ input: { hostId, ...query }, ...options }) => {
      const signal = signalOf(options)
      return hosts.ask(hostId, (agent) => agent.compare.rollUps(query, { signal }), signal)
    }),
    changes: os.compare.changes.handler(({ input: { hostId, ...query }, ...options }) => {
      const signal = signalOf(options)
      return hosts.ask(hostId, (agent) => agent.compare.changes(query, { signal }), signal)
    }),
    renames: os.compare.renames.handler(({ input: { hostId, ...query }, ...options }) => {
      const signal = signalOf(options)
      return hosts.ask(hostId, (agent) => agent.compare.renames(query, { signal }), signal)
    }),
    liveLevel: os.compare.liveLevel.handler(({ input: { hostId, ...query }, ...options }) => {
      const signal = signalOf(options)
      return hosts.ask(hostId, (agent) => agent.compare.liveLevel(query, { signal }), signal)
    }),
    liveRollUps: os.compare.liveRollUps.handler(({ input: { hostId, ...query }, ...options }) => {
      const signal = signalOf(options)
      return hosts.ask(hostId, (agent) => agent.compare.liveRollUps(query, { signal }), signal)
    }),
    liveChanges: os.compare.liveChanges.handler(({ input: { hostId, ...query }, ...options }) => {
      const signal = signalOf(options)
      return hosts.ask(hostId, (agent) => agent.compare.liveChanges(query, { signal }), signal)
    }),
    liveNode: os.compare.liveNode.handler(({ input: { hostId, ...query }, ...options }) => {
      const signal = signalOf(options)
      return hosts.ask(hostId, (agent) => agent.compare.liveNode(query, { signal }), signal)
    }),
    liveContents: os.compare.liveContents.handler(({ input: { hostId, ...query }, context: { origin } }) =>
      compare.liveContents({ hostId, origin }, query),
    ),
    start: os.compare.start.handler(({ input: { hostId, ...wanted }, context: { origin } }) =>
      compare.start({ hostId, origin }, wanted),
    ),
  }
}
