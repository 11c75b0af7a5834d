import { createSecretKey, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { disposedOnce } from '../engine/disposed-once.ts'
import { openIdentity } from '../engine/identity/identity.ts'
import type { ListenAddress } from '../engine/identity/listen-address.ts'
import { openServerCertificate } from '../engine/identity/server-certificate.ts'
import { createLogger } from '../engine/logging/logger.ts'
import { requirePrivateDirectory } from '../engine/sealed/private-file.ts'
import type { PlaneApi } from './api/deps.ts'
import { planeApi } from './api/index.ts'
import { Issuer } from './credentials/issuer.ts'
import { REPOSITORIES, RepositoryGateway } from './gateway/repository-gateway.ts'
import { openConsumerListener } from './listen/consumer-listener.ts'
import { ConsumerEnrolment } from './listen/enrolment.ts'
import { isLoopback, openOperatorListener } from './listen/operator-listener.ts'
import { hostsNamed, urlAt } from './reach.ts'
import { GroupAccesses } from './repositories/group-accesses.ts'
import { PlaneRepositories } from './repositories/plane-repositories.ts'
import { openStore, type PlaneStore } from './store/index.ts'

/** Milliseconds between two looks at the repositories. */
const LOOK_EVERY = 60_000

export interface PlaneOptions {
  /** All that the plane keeps; made if it is not there, for its owner alone. One plane at a time. */
  readonly dataDirectory: string
  /** 32 bytes; opens what the groups' repositories are read with. */
  readonly secretsKey: Uint8Array
  /** Where consumers reach it; null for nowhere. */
  readonly consumerListen: ListenAddress | null
  /** Where consumers are told to come to, where that is another address than it listens on. */
  readonly advertise: ListenAddress | null
  /** Where operators reach it: without TLS on loopback, with it anywhere else. */
  readonly operatorListen: ListenAddress
  readonly token: string
  readonly version: string
  readonly safetyModes: boolean
  /** Takes the plane's log, one line of JSON at a time, without secrets. */
  readonly log: (line: string) => void
  readonly now?: () => Date
}

/** A control plane with its doors open. */
export interface Plane extends AsyncDisposable {
  readonly operatorUrl: string
  readonly consumerUrl: string | null
  /** Of the key of its certificate. */
  readonly pin: string
  /** PEM, as both doors show it. */
  readonly certificate: string
}

interface Parts {
  readonly options: PlaneOptions
  readonly store: PlaneStore
  readonly accesses: GroupAccesses
  readonly repositories: PlaneRepositories
  readonly tls: { readonly key: string; readonly certificate: string }
  readonly pin: string
  readonly now: () => Date
  readonly log: (message: string, error: unknown) => void
}

/**
 * Open what a plane keeps and join its parts. Throws `conflict` (`data_directory_in_use`, `open_to_others`, `readable_by_others`,
 * `identity_damaged`, `cannot_listen`, `needs_tls`) and `version_mismatch`.
 */
export async function composePlane(options: PlaneOptions): Promise<Plane> {
  const { dataDirectory, secretsKey, now = () => new Date() } = options
  await using building = new AsyncDisposableStack()
  requirePrivateDirectory(dataDirectory)
  const store = building.use(openStore(join(dataDirectory, 'plane.db')))
  const accesses = new GroupAccesses(store, createSecretKey(secretsKey))
  const logger = createLogger({ sink: options.log, secrets: () => [options.token, ...accesses.texts()], now })
  const log = (message: string, error: unknown): void => logger.error(message, { error })

  const identity = await openIdentity(dataDirectory)
  const listened = [options.consumerListen, options.advertise, options.operatorListen].flatMap((one) => one?.host ?? [])
  const certificate = await openServerCertificate(dataDirectory, { identity, hosts: hostsNamed(listened) })
  const cacheDirectory = join(dataDirectory, 'cache')
  const repositories = building.use(
    new PlaneRepositories({ store, accesses, cacheDirectory, now, newId: randomUUID, log }),
  )
  const tls = { key: identity.key, certificate }
  const doors = await openDoors({ options, store, accesses, repositories, tls, pin: identity.pin, now, log }, building)
  building.use(lookEvery(LOOK_EVERY, repositories, log))
  logger.info('plane.started', doors)
  building.defer(() => logger.info('plane.stopping'))
  return {
    ...doors,
    pin: identity.pin,
    certificate,
    ...disposedOnce(building.move()),
  }
}

async function openDoors(
  parts: Parts,
  building: AsyncDisposableStack,
): Promise<Pick<Plane, 'operatorUrl' | 'consumerUrl'>> {
  const { options, store, repositories, tls, now, log } = parts
  const { consumerListen, operatorListen, token } = options
  const backendOf = (groupId: string) => repositories.backend(groupId)
  const gateway = building.use(new RepositoryGateway({ store, backendOf, now, log }))
  let consumerUrl: string | null = null
  const api = building.use(apiOf(parts, () => consumerUrl))
  if (consumerListen !== null) {
    const { consumer } = api
    const opened = building.use(
      await openConsumerListener({ listen: consumerListen, tls, store, consumer, gateway, now, log }),
    )
    consumerUrl = urlAt(options.advertise ?? opened.address, 'https')
  }
  const isPlain = isLoopback(operatorListen.host)
  const { address } = building.use(
    await openOperatorListener({
      listen: operatorListen,
      tls: isPlain ? null : tls,
      token,
      operator: api.operator,
      log,
    }),
  )
  return { operatorUrl: urlAt(address, isPlain ? 'http' : 'https'), consumerUrl }
}

function apiOf(
  { options, store, accesses, repositories, tls, pin, now, log }: Parts,
  consumerUrl: () => string | null,
): PlaneApi & Disposable {
  const door = () => {
    const url = consumerUrl()
    return url === null ? undefined : { url, pin, certificate: tls.certificate }
  }
  return planeApi({
    store,
    now,
    newId: randomUUID,
    issuer: new Issuer({ store, accessOf: (groupId) => accesses.get(groupId), now, newId: randomUUID, log }),
    repositories,
    enrolment: new ConsumerEnrolment({ store, now, newId: randomUUID, door }),
    describe: () => ({ version: options.version, consumer_url: consumerUrl(), plane_pin: pin }),
    repositoryUrl: (groupId) => {
      const url = consumerUrl()
      return url === null ? null : `rest:${url}${REPOSITORIES}${groupId}/`
    },
    safetyModes: options.safetyModes,
    log,
  })
}

/** Looks at once and then again and again. */
function lookEvery(milliseconds: number, repositories: PlaneRepositories, log: Parts['log']): Disposable {
  const look = (): void => {
    repositories.refresh().catch((error: unknown) => log('repositories.look-failed', error))
  }
  look()
  const timer = setInterval(look, milliseconds).unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
