import type {
  CredentialsRequest,
  IssuedCredentials,
  SessionCredentials,
} from '../../contract/control-plane/consumer.ts'
import type { GroupAccess } from '../../contract/control-plane/fleet.ts'
import { PlaneProblem } from '../../contract/control-plane/problem.ts'
import type { CredentialIssuer } from '../api/deps.ts'
import { makeReaderCredentials } from '../gateway/reader-credentials.ts'
import type { Device, Group, IssuanceRecord, PlaneStore } from '../store/index.ts'
import { assumeRole, LIFETIME } from './assume-role.ts'

export interface IssuerDeps {
  readonly store: PlaneStore
  /** What a group's repository is read with; undefined where the plane was not told. May throw. */
  readonly accessOf: (groupId: string) => GroupAccess | undefined
  readonly now: () => Date
  readonly newId: () => string
  readonly log: (message: string, error: unknown) => void
}

type Recorded = Pick<
  IssuanceRecord,
  'storage' | 'accessKeyId' | 'secretHash' | 'bucket' | 'prefix' | 'assumedRole' | 'stsRequestId'
>

interface Made {
  readonly credentials: Omit<SessionCredentials, 'Version' | 'Expiration'>
  readonly expiresAt: Date
  readonly recorded: Recorded
}

const NOT_MADE = 'No credentials could be made for this repository; the log of the control plane has the reason.'
const NO_PASSWORD = "The repository's password could not be read; the log of the control plane has the reason."

/** Gives out what a consumer reads a repository with, in Canopy's order: nothing is handed out unrecorded. */
export class Issuer implements CredentialIssuer {
  readonly #deps: IssuerDeps

  constructor(deps: IssuerDeps) {
    this.#deps = deps
  }

  async issue(device: Device, { group: groupId, type, run_id }: CredentialsRequest): Promise<IssuedCredentials> {
    const { store, now, newId } = this.#deps
    this.#requireCovered(device, groupId, type)
    const group = store.groups.get(groupId)
    if (group?.status !== 'ready') throw new PlaneProblem('conflict', 'The repository of this group is not ready.')
    const issuedAt = now()
    const access = this.#accessOf(groupId)
    const { credentials, expiresAt, recorded } = await this.#make({ group, access, device, issuedAt })
    const password = access?.repo_password
    if (password === undefined) throw new PlaneProblem('upstream', NO_PASSWORD)
    store.transaction(() => {
      // Whoever disabled it while the store's owner was asked meant this one too.
      this.#requireCovered(device, groupId, type)
      store.issuances.insert({
        id: newId(),
        deviceId: device.id,
        groupId,
        type,
        runId: run_id ?? null,
        issuedAt: issuedAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        ...recorded,
      })
    })
    return { credentials: { Version: 1, ...credentials, Expiration: expiresAt.toISOString() }, repo_password: password }
  }

  #requireCovered({ id }: Device, groupId: string, type: string): void {
    if (this.#deps.store.declarations.covers(id, groupId, type)) return
    const title = `No enabled declaration of this consumer covers the type ${type} of this group.`
    throw new PlaneProblem('auth-insufficient-permissions', title)
  }

  /** Undefined too where it cannot be opened: which of the two is for the log. */
  #accessOf(groupId: string): GroupAccess | undefined {
    try {
      return this.#deps.accessOf(groupId)
    } catch (error) {
      this.#deps.log('credentials.access-unreadable', error)
      return undefined
    }
  }

  async #make({ group, access, device, issuedAt }: Making): Promise<Made> {
    if (group.storage === 'rest') return readerOf(issuedAt)
    const { s3 } = access ?? {}
    if (!s3?.role_arn) throw new PlaneProblem('upstream', NOT_MADE)
    const sessionName = `canopy-restore-${device.id}`
    try {
      const session = await assumeRole({ s3, role: s3.role_arn, place: group, sessionName })
      const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken } = session
      return {
        credentials: { AccessKeyId, SecretAccessKey, SessionToken },
        expiresAt: session.expiresAt,
        recorded: {
          storage: 's3',
          accessKeyId: AccessKeyId,
          secretHash: null,
          bucket: group.bucket,
          prefix: group.prefix,
          assumedRole: s3.role_arn,
          stsRequestId: session.requestId,
        },
      }
    } catch (cause) {
      this.#deps.log('credentials.role-not-assumed', cause)
      throw new PlaneProblem('upstream', NOT_MADE, { cause })
    }
  }
}

interface Making {
  readonly group: Group
  readonly access: GroupAccess | undefined
  readonly device: Device
  readonly issuedAt: Date
}

/** A user and a password of the plane's own gateway. */
function readerOf(issuedAt: Date): Made {
  const { user, password, hash } = makeReaderCredentials()
  return {
    credentials: { AccessKeyId: user, SecretAccessKey: password, SessionToken: '' },
    expiresAt: new Date(issuedAt.getTime() + LIFETIME * 1000),
    recorded: {
      storage: 'rest',
      accessKeyId: user,
      secretHash: hash,
      bucket: '',
      prefix: '',
      assumedRole: null,
      stsRequestId: null,
    },
  }
}
