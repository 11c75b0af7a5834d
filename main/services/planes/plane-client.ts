import type { GroupAccess, ObserveGroup, TypeRule } from '../../../contract/control-plane/fleet.ts'
import type { Reason } from '../../../contract/reasons.ts'
import type { Consumer, ConsumerCode, ConsumerConnection, IssuedAccess } from '../../../contract/shapes/consumer.ts'
import type { PlaneDialect, PlaneFeature, PlaneGroup, PlaneSafety } from '../../../contract/shapes/plane.ts'
import type {
  Declaration,
  PlannedRestore,
  Replica,
  ReplicaPreview,
  replicaAccessSchema,
} from '../../../contract/shapes/replica.ts'
import type { Verification } from '../../../contract/shapes/verification.ts'
import type { z } from 'zod'

/** Where a control plane is, and what it is reached with. */
export interface PlaneAddress {
  /** What operators call it. */
  readonly name: string
  readonly url: string
  readonly token: string | null
  /** SHA-256 of the public key of its certificate, base64url; null where an authority's word is taken. */
  readonly pin: string | null
}

/** What a plane turned out to be. */
export interface PlaneHello {
  readonly dialect: PlaneDialect
  readonly features: readonly PlaneFeature[]
  readonly version: string | null
  readonly consumerUrl: string | null
}

export type ReplicaOfPlane = Omit<Replica, 'planeId'>
export type ConsumerOfPlane = Omit<Consumer, 'planeId'>
export type GroupOfPlane = Omit<PlaneGroup, 'machines'> & {
  readonly machines: readonly Omit<PlaneGroup['machines'][number], 'hostId'>[]
}
/** Before it is said which of this console's runs it is. */
export type VerificationOfPlane = Omit<Verification, 'planeId' | 'run'>
export type ReplicaAccess = z.infer<typeof replicaAccessSchema>

/** All that is shown of a plane at once. */
export interface PlaneBoard {
  readonly replicas: readonly ReplicaOfPlane[]
  readonly consumers: readonly ConsumerOfPlane[]
}

export interface PageOf<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

export interface ActivityFilter {
  readonly replicaId: string | null
  readonly machineId: string | null
  readonly groupId: string | null
  readonly consumerId: string | null
}

export interface NewGroupAccess {
  readonly groupId: string | null
  readonly name: string
  readonly access: GroupAccess
  readonly typeRules: readonly TypeRule[]
}

/**
 * A control plane as its operators reach it, of whichever generation. All throw `unreachable`, `unauthenticated`, `forbidden` and, for
 * what the plane does not take, `invalid_input` with its own sentence. Of a change whose answer was lost the fault's cause is
 * `AnswerLost`. What a plane of its kind cannot say is null.
 */
export interface PlaneClient extends Disposable {
  /** Find out what answers; asked before all else. Throws `version_mismatch` where it is no control plane. */
  hello(signal: AbortSignal): Promise<PlaneHello>
  /** As far as is known; a raised mode ends by itself. */
  safety(): PlaneSafety
  raise(mode: 'write' | 'danger'): Promise<PlaneSafety>
  lower(): Promise<PlaneSafety>

  board(signal: AbortSignal): Promise<PlaneBoard>
  groups(signal: AbortSignal): Promise<readonly GroupOfPlane[]>

  /** `replicaId`: what the change of this one would come to. */
  preview(declaration: Declaration, replicaId: string | null, signal: AbortSignal): Promise<ReplicaPreview | null>
  revokes(replicaId: string, signal: AbortSignal): Promise<readonly ReplicaAccess[] | null>
  /** Its id. Throws `conflict` (`replica_exists`). */
  declare(declaration: Declaration): Promise<string>
  /** The whole of it. Throws `not_found`; `conflict`: `replica_exists`, `replica_changed`. */
  change(replicaId: string, declaration: Declaration, updatedAt: string): Promise<void>
  /** Throws `not_found`. */
  remove(replicaId: string): Promise<void>

  worklist(consumerId: string, signal: AbortSignal): Promise<readonly PlannedRestore[] | null>
  issuances(consumerId: string, before: string | null, signal: AbortSignal): Promise<PageOf<IssuedAccess> | null>
  connections(consumerId: string, signal: AbortSignal): Promise<readonly ConsumerConnection[] | null>
  /** Throws `conflict` (`plane_without_enrolment`). */
  code(name: string): Promise<ConsumerCode>
  /** Take the role away. */
  dismiss(consumerId: string): Promise<void>

  /** Newest first. */
  activity(
    filter: ActivityFilter,
    page: { readonly before: string | null; readonly limit: number },
    signal: AbortSignal,
  ): Promise<PageOf<VerificationOfPlane>>

  /** Throws `invalid_input` where it cannot be read with this, `conflict` (`group_exists`, `plane_without_groups`). */
  connectGroup(group: NewGroupAccess): Promise<GroupOfPlane>
  disconnectGroup(groupId: string): Promise<GroupOfPlane>
  /** Tell our own plane what is seen of repositories: ids of their groups, in the same order. Others are told nothing. */
  observe(groups: readonly ObserveGroup[], signal: AbortSignal): Promise<readonly string[]>
}

export type OpenPlane = (address: PlaneAddress) => PlaneClient

/** What the embedded plane is started with. */
export interface EmbeddedStart {
  readonly planeId: string
  /** 32 bytes, base64. */
  readonly secretsKey: string
  /** Where consumers are let in; null for nowhere, 0 for any port that is free. */
  readonly consumerPort: number | null
}

/** A plane in a thread of this process. */
export interface RunningPlane extends AsyncDisposable {
  readonly operatorUrl: string
  readonly token: string
  /** Why it ended; resolves once it has. */
  readonly ended: Promise<Reason>
}

/** Rejects with a `ReasonedError` that says why it cannot start. */
export type StartEmbedded = (start: EmbeddedStart, signal: AbortSignal) => Promise<RunningPlane>
