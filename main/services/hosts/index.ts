import { os } from '../console.ts'
import { signalOf } from '../signals.ts'
import type { EnrolmentService } from './enrolment-service.ts'
import type { HostsService } from './hosts-service.ts'
import type { LinkTimesSetting } from './link-times-setting.ts'

export { dialDoor } from './dial-door.ts'
export { type AgentPort, type Doors, type Identity, LinkFailure, type PinnedAgent } from './doors.ts'
export { EnrolmentService } from './enrolment-service.ts'
export { HostsService } from './hosts-service.ts'
export { Introduction } from './introduction.ts'
export { LinkTimesSetting } from './link-times-setting.ts'
export { openHosts } from './open-hosts.ts'
export { ownIdentity, ownPin } from './own-identity.ts'
export { changeOf, RunMirror } from './run-mirror.ts'
export { knownHosts } from './this-computer.ts'
export { Wakes } from './wakes.ts'
export { WholeRuns } from './whole-runs.ts'

/** `hosts.*` of the console's contract. */
export function hostHandlers(hosts: HostsService, enrolment: EnrolmentService, times: LinkTimesSetting) {
  return {
    list: os.hosts.list.handler(({ context }) => hosts.listOf(context.workspace.id)),
    get: os.hosts.get.handler(({ input }) => hosts.get(input.hostId)),
    watch: os.hosts.watch.handler(({ context, signal }) => hosts.watch(context.workspace.id, signalOf({ signal }))),
    enrol: os.hosts.enrol.handler(({ input: { line, name }, context: { origin, workspace } }) =>
      enrolment.enrol(line, { name, origin, workspace }),
    ),
    addThroughSsh: os.hosts.addThroughSsh.handler(({ input: { destination, name }, context: { origin, workspace } }) =>
      enrolment.addThroughSsh(destination, { name, origin, workspace }),
    ),
    change: os.hosts.change.handler(({ input: { hostId, name, labels, pinned }, context: { origin } }) => {
      const change = {
        ...(name === null ? {} : { name }),
        ...(labels === null ? {} : { labels: [...new Set(labels)] }),
        ...(pinned === null ? {} : { pinned }),
      }
      return enrolment.change(hostId, change, origin)
    }),
    reach: os.hosts.reach.handler(({ input }) => {
      hosts.reach(input.hostId)
      return {}
    }),
    remove: os.hosts.remove.handler(async ({ input: { hostId, typed }, context: { origin } }) => {
      await enrolment.remove(hostId, typed, origin)
      return {}
    }),
    linkTimes: os.hosts.linkTimes.handler(() => times.now()),
    changeLinkTimes: os.hosts.changeLinkTimes.handler(({ input, context: { origin, workspace } }) =>
      times.change(input, { origin, workspaceId: workspace.id }),
    ),
  }
}
