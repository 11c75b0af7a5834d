import { type ConsoleContext, os } from '../console.ts'
import { signalOf } from '../signals.ts'
import type { PlaneGroups } from './planes-groups.ts'
import type { Asker, PlanesService } from './planes-service.ts'

export { groupsTold, HostFeed } from './host-feed.ts'
export { openPlanes } from './open-planes.ts'
export type {
  ActivityFilter,
  ConsumerOfPlane,
  GroupOfPlane,
  OpenPlane,
  PlaneAddress,
  PlaneBoard,
  PlaneClient,
  PlaneHello,
  ReplicaAccess,
  ReplicaOfPlane,
  RunningPlane,
  StartEmbedded,
  VerificationOfPlane,
} from './plane-client.ts'
export { PlaneMirror, type SeenPlane } from './plane-mirror.ts'
export { PlaneGroups } from './planes-groups.ts'
export { PlanesService } from './planes-service.ts'
export { keyOfRepository } from './seen-repositories.ts'

/** `planes.*` of the console's contract. */
export function planeHandlers(planes: PlanesService, groups: PlaneGroups) {
  return {
    watch: os.planes.watch.handler(({ context, signal }) => planes.watch(context.workspace.id, signalOf({ signal }))),
    probe: os.planes.probe.handler(({ input, signal }) => planes.probe(input, signalOf({ signal }))),
    add: os.planes.add.handler(({ input, context }) => planes.add(askerOf(context), input)),
    change: os.planes.change.handler(({ input: { planeId, ...change }, context: { origin } }) =>
      planes.change(planeId, origin, change),
    ),
    remove: os.planes.remove.handler(async ({ input: { planeId }, context: { origin } }) => {
      await planes.remove(planeId, origin)
      return {}
    }),
    setEmbedded: os.planes.setEmbedded.handler(({ input: { on, consumerPort }, context }) =>
      planes.setEmbedded(askerOf(context), on, consumerPort),
    ),
    raise: os.planes.raise.handler(({ input: { planeId, mode }, context: { origin } }) =>
      planes.raise(planeId, origin, mode),
    ),
    lower: os.planes.lower.handler(({ input: { planeId }, context: { origin } }) => planes.lower(planeId, origin)),
    groups: os.planes.groups.handler(({ input: { planeId }, context, signal }) =>
      groups.list({ planeId, workspaceId: context.workspace.id }, signalOf({ signal })),
    ),
    connectGroup: os.planes.connectGroup.handler(({ input: { planeId, ...group }, context }) =>
      groups.connect({ planeId, ...askerOf(context) }, group),
    ),
    disconnectGroup: os.planes.disconnectGroup.handler(({ input: { planeId, groupId }, context }) =>
      groups.disconnect({ planeId, ...askerOf(context) }, groupId),
    ),
  }
}

function askerOf({ origin, workspace }: ConsoleContext): Asker {
  return { workspaceId: workspace.id, origin }
}
