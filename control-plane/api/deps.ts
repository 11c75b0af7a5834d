import type { IncomingMessage, ServerResponse } from 'node:http'
import type { z } from 'zod'
import type { CredentialsRequest, IssuedCredentials } from '../../contract/control-plane/consumer.ts'
import type {
  connectGroupSchema,
  deviceCodeSchema,
  ObserveGroup,
  PlaneDescription,
} from '../../contract/control-plane/fleet.ts'
import type { Device, Group, PlaneStore } from '../store/index.ts'

/** Makes what a consumer reads a repository with. */
export interface CredentialIssuer {
  /**
   * Checks in this order, and records the issuance before it returns. Throws `PlaneProblem`: `auth-insufficient-permissions` where no
   * enabled declaration of the device covers group and type (`covers` of `control-plane/replicas`), `conflict` where the group is none
   * or not ready, `upstream` where no credentials could be made or the repository's password not be read.
   */
  issue(device: Device, request: CredentialsRequest): Promise<IssuedCredentials>
}

/** The repositories of the groups. Each leaves groups, machines and backups in the store as it found them. */
export interface GroupRepositories {
  /**
   * `record` is called in the transaction that keeps it. Throws `PlaneProblem`: `bad-request` where it cannot be read, `conflict` where the
   * name or repository is another's.
   */
  connect(request: z.infer<typeof connectGroupSchema>, record: (group: Group) => void): Promise<Group>
  /** Forget what it is read with; `record` as with `connect`. Throws `resource-not-found`. */
  disconnect(groupId: string, record: (group: Group) => void): Promise<Group>
  /** What somebody else saw. The groups that it is about. */
  observe(seen: readonly ObserveGroup[]): Promise<readonly Group[]>
  /** Look at one soon, where it can be read, and without being waited for: something has happened that may mean a new snapshot. */
  look(groupId: string): void
  /** Look again at all that can be read: new snapshots, machines that have none left. */
  refresh(): Promise<void>
}

export interface Enrolment {
  code(name: string, madeBy: string): z.infer<typeof deviceCodeSchema>
  /** `pin`: of the key of the certificate that it came with. Throws `auth-failed` for a code that is unknown, used or too old. */
  redeem(code: string, name: string | null, pin: string): Device
}

/** What the handlers need besides the request. */
export interface PlaneDeps {
  readonly store: PlaneStore
  readonly now: () => Date
  /** A new UUID. */
  readonly newId: () => string
  readonly issuer: CredentialIssuer
  readonly repositories: GroupRepositories
  readonly enrolment: Enrolment
  readonly describe: () => Pick<PlaneDescription, 'version' | 'consumer_url' | 'plane_pin'>
  /** `rest:https://…/` of a group behind the gateway, without user and password; null while nothing listens. */
  readonly repositoryUrl: (groupId: string) => string | null
  /** Changes need a raised safety session. */
  readonly safetyModes: boolean
  /** For whoever runs the plane; never answered. */
  readonly log: (message: string, error: unknown) => void
}

/** Who asks. Made by whoever listens. */
export interface PlaneContext {
  /** The device whose key the client certificate has. */
  readonly device: Device | null
  /** Of the client certificate, known or not; null where none was shown. */
  readonly pin: string | null
  readonly operator: { readonly login: string } | null
  /** As the header `x-canopy-session` has it, unchecked. */
  readonly session: string | null
  readonly ip: string
}

/**
 * Answers a request of its contract and resolves to true, whatever the answer is; to false, having done nothing, where the path is
 * none of it. Never rejects for what a client sent.
 */
export type PlaneHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  context: PlaneContext,
) => Promise<boolean>

/** Made by `planeApi` of `control-plane/api`. */
export interface PlaneApi {
  readonly consumer: PlaneHandler
  readonly operator: PlaneHandler
}
