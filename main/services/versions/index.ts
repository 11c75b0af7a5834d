import { os } from '../console.ts'
import type { HostsService } from '../hosts/index.ts'
import { signalOf } from '../signals.ts'

/** `versions.*` of the console's contract: as the host's agent answers. */
export function versionHandlers(hosts: HostsService) {
  return {
    list: os.versions.list.handler(({ input: { hostId, ...query }, ...options }) => {
      const signal = signalOf(options)
      return hosts.ask(hostId, (agent) => agent.version.list(query, { signal }), signal)
    }),
  }
}
