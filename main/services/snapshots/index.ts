import { os } from '../console.ts'
import type { HostsService } from '../hosts/index.ts'
import { signalOf } from '../signals.ts'

/** `snapshots.*` of the console's contract: as the host's agent answers. */
export function snapshotHandlers(hosts: HostsService) {
  return {
    list: os.snapshots.list.handler(async ({ input: { hostId, ...query }, ...options }) => {
      const signal = signalOf(options)
      const snapshots = await hosts.ask(hostId, (agent) => agent.snapshot.list(query, { signal }), signal)
      return { snapshots, keptSince: null }
    }),
  }
}
