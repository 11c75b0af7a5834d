import type { Consumer } from '../../../contract/shapes/consumer.ts'
import type { OwnConsumer } from '../../../contract/shapes/own-consumer.ts'
import type { Plane, PlaneGroup } from '../../../contract/shapes/plane.ts'
import type { Replica, ReplicaBoard } from '../../../contract/shapes/replica.ts'
import { consumersOfEachKind } from './consumers.ts'
import { before } from './moments.ts'
import { ownConsumerAtWork, ownConsumerOff } from './own-consumer.ts'
import { EMBEDDED_PLANE, embeddedPlane, groupsOfEachKind, remotePlanes, SILENT_PLANE } from './planes.ts'
import { manyReplicas, replicasOfEachKind } from './replicas.ts'
import { Topic } from './topic.ts'

/** What the console knows of control planes. */
export interface PlaneWorld {
  planes: readonly Plane[]
  /** By plane. */
  readonly groups: Map<string, readonly PlaneGroup[]>
  consumers: readonly Consumer[]
  own: OwnConsumer
  replicas: readonly Replica[]
  silent: ReplicaBoard['silent']
  /** What somebody else makes of a replica as soon as it is changed here: the change here comes too late. */
  readonly meanwhile: Map<string, Replica>
  readonly changed: Topic<null>
}

/** The embedded plane alone, switched off or on, and nothing on it. */
export function emptyPlanes(switchedOn = false): PlaneWorld {
  return {
    planes: [embeddedPlane(switchedOn)],
    groups: new Map(),
    consumers: [],
    own: ownConsumerOff(),
    replicas: [],
    silent: [],
    meanwhile: new Map(),
    changed: new Topic(),
  }
}

/** Three planes, consumers of each kind, a replica in each state. */
export function busyPlanes(): PlaneWorld {
  const groups = groupsOfEachKind()
  return {
    ...emptyPlanes(),
    planes: [embeddedPlane(true), ...remotePlanes()],
    groups,
    consumers: consumersOfEachKind(),
    own: ownConsumerAtWork(),
    replicas: replicasOfEachKind(groups),
    silent: [{ planeId: SILENT_PLANE, since: before({ minutes: 25 }) }],
  }
}

/** One plane with very many replicas. */
export function crowdedPlanes(count = 5_000): PlaneWorld {
  const { groups, replicas } = manyReplicas(count)
  return {
    ...emptyPlanes(true),
    groups: new Map([[EMBEDDED_PLANE, groups]]),
    consumers: consumersOfEachKind().filter(({ planeId }) => planeId === EMBEDDED_PLANE),
    replicas,
  }
}
