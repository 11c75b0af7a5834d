import type { IssuedCredentials } from '../../contract/control-plane/consumer.ts'
import type { RepositoryAccess } from '../../contract/shapes/repository.ts'
import { openGateway } from '../../engine/repository/gateway/gateway.ts'
import type { Backend } from '../../engine/repository/native/backend.ts'
import { readS3Address } from '../../engine/repository/native/backends/s3-address.ts'
import { s3Backend } from '../../engine/repository/native/backends/s3-backend.ts'
import type { PlaneAddress } from '../plane/ask-plane.ts'
import type { Entry } from '../worklist-entry.ts'
import { openRelay } from './relay.ts'

/** A repository that can be read for as long as it takes. */
export interface OpenAccess extends AsyncDisposable {
  readonly access: RepositoryAccess
  /** Bytes that came so far; null where they are not counted. */
  received(): number | null
}

export interface AccessOptions {
  readonly entry: Entry
  readonly plane: PlaneAddress
  readonly credentials: () => Promise<IssuedCredentials>
}

/** An entry's repository for restic, whose credentials are renewed behind it. Throws what `credentials` throws. */
export async function openAccess({ entry, plane, credentials }: AccessOptions): Promise<OpenAccess> {
  const { repo_password: password } = await credentials()
  if (entry.storage === 'rest' && entry.repositoryUrl !== null) {
    const relay = await openRelay({ url: whereThePlaneIs(entry.repositoryUrl, plane), plane, credentials })
    return {
      access: { url: `rest:${relay.url}`, username: relay.username, serverPassword: relay.password, password },
      received: () => relay.received(),
      [Symbol.asyncDispose]: () => relay[Symbol.asyncDispose](),
    }
  }
  const counted = { bytes: 0 }
  const gateway = await openGateway({ backend: renewedS3(entry, credentials, counted), locks: undefined })
  return {
    access: { url: `rest:${gateway.url}`, username: gateway.username, serverPassword: gateway.password, password },
    received: () => counted.bytes,
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  }
}

/** A plane's gateway is behind the door of the plane itself, which is known here by the address at which it answers. */
function whereThePlaneIs(repositoryUrl: string, { url }: PlaneAddress): string {
  const gateway = new URL(repositoryUrl.replace(/^rest:/, ''))
  const { hostname, port, protocol } = new URL(url)
  if (gateway.port === port && gateway.protocol === protocol) gateway.hostname = hostname
  return gateway.href
}

/** An S3 store whose session ends within the hour and is followed by another. */
function renewedS3(
  { bucket, prefix, region, repositoryUrl }: Entry,
  credentials: () => Promise<IssuedCredentials>,
  counted: { bytes: number },
): Backend {
  const url = repositoryUrl ?? `s3:https://s3.${region}.amazonaws.com/${[bucket, prefix].filter(Boolean).join('/')}`
  const address = readS3Address(url)
  if (address === undefined) throw new Error(`${url} is no address of an S3 store`)
  let made: { readonly key: string; readonly backend: Backend } | undefined
  const backend = async (): Promise<Backend> => {
    const { AccessKeyId: username, SecretAccessKey: password, SessionToken } = (await credentials()).credentials
    if (made?.key !== username) {
      const sessionToken = SessionToken === '' ? undefined : SessionToken
      made = {
        key: username,
        backend: s3Backend({ address, username, password, region: region || undefined, sessionToken }),
      }
    }
    return made.backend
  }
  const count = (content: Buffer): Buffer => {
    counted.bytes += content.length
    return content
  }
  return {
    list: async (...asked) => await (await backend()).list(...asked),
    sizes: async (...asked) => await (await backend()).sizes(...asked),
    readConfig: async (...asked) => count(await (await backend()).readConfig(...asked)),
    read: async (...asked) => count(await (await backend()).read(...asked)),
    readRange: async (...asked) => count(await (await backend()).readRange(...asked)),
  }
}
