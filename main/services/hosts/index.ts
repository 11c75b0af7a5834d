import { os } from '../console.ts'
import { signalOf } from '../signals.ts'
import type { HostsService } from './hosts-service.ts'

export { type AgentPort, type Dial, type Doors, type Identity, LinkFailure, type PinnedAgent } from './doors.ts'
export { HostsService } from './hosts-service.ts'
export { RunMirror } from './run-mirror.ts'
export { openThisComputer } from './this-computer.ts'

/** `hosts.*` of the console's contract. */
export function hostHandlers(hosts: HostsService) {
  return {
    list: os.hosts.list.handler(() => hosts.list()),
    get: os.hosts.get.handler(({ input }) => hosts.get(input.hostId)),
    watch: os.hosts.watch.handler(({ signal }) => hosts.watch(signalOf({ signal }))),
  }
}
