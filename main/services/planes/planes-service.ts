import { randomUUID } from 'node:crypto'
import { Fault } from '../../../contract/errors.ts'
import { reasonOf } from '../../../contract/reasons.ts'
import type { NewPlane, Plane, PlaneSafety, PlaneState } from '../../../contract/shapes/plane.ts'
import type { PlaneRecord, PlaneStore } from '../../store/index.ts'
import type { AuditService, Dispatch } from '../audit/index.ts'
import { type ChangeReader, Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'
import type { SecretsService } from '../secrets/index.ts'
import { neverAborted } from '../signals.ts'
import { EmbeddedPlanes } from './embedded-planes.ts'
import type { OpenPlane, PlaneClient, StartEmbedded } from './plane-client.ts'
import { connectedState, PlaneLink, type ReachedPlane } from './plane-link.ts'
import { requireSafeUrl, sameOrigin, tidyToken } from './plane-url.ts'

interface Deps {
  readonly store: PlaneStore
  readonly secrets: Pick<SecretsService, 'open'>
  readonly audit: Pick<AuditService, 'perform'>
  readonly clock: Clock
  readonly random: () => number
  readonly installation: string
  readonly open: OpenPlane
  readonly startEmbedded: StartEmbedded
}

/** Who asks, and in which workspace. */
export interface Asker {
  readonly workspaceId: string
  readonly origin: string
}

export interface PlaneChange {
  readonly name: string | null
  readonly url: string | null
  readonly token: string | null
}

interface KnownPlane {
  record: PlaneRecord
  link: PlaneLink | null
}

const EMBEDDED_NAME = 'Embedded'

/** The control planes of all workspaces: which there are, how each is reached, and the way to ask one. */
export class PlanesService implements AsyncDisposable {
  readonly #deps: Deps
  readonly #planes = new Map<string, KnownPlane>()
  readonly #changes = new Changes<string>()
  readonly #asks = new Changes<string>()
  readonly #embedded: EmbeddedPlanes
  #isStarted = false

  constructor(deps: Deps) {
    this.#deps = deps
    this.#embedded = new EmbeddedPlanes({ ...deps, start: deps.startEmbedded })
    for (const record of deps.store.list()) this.#take(record)
  }

  /** The keys by which they are reached can be had now. */
  start(): void {
    this.#isStarted = true
    for (const { link } of this.#planes.values()) link?.start()
  }

  /** The embedded one first, then by name. Looked at for the first time, a workspace has its embedded plane, switched off. */
  list(workspaceId: string): Plane[] {
    this.#embeddedOf(workspaceId)
    return this.recordsOf(workspaceId).map((record) => this.#view(record))
  }

  /** The list, now and again whenever it has changed. */
  async *watch(workspaceId: string, signal: AbortSignal): AsyncGenerator<Plane[]> {
    using changes = this.#changes.subscribe()
    yield this.list(workspaceId)
    while (true) {
      const changed = await changes.next(signal)
      const isOurs = changed.some((id) => [null, workspaceId].includes(this.workspaceOf(id)))
      if (isOurs) yield this.list(workspaceId)
    }
  }

  /** Ids of planes that change from now on, in any workspace; also of those that are gone. */
  changes(): ChangeReader<string> {
    return this.#changes.subscribe()
  }

  /** Null for one that is not known. */
  workspaceOf(planeId: string): string | null {
    return this.#planes.get(planeId)?.record.workspaceId ?? null
  }

  recordsOf(workspaceId: string): PlaneRecord[] {
    const records = [...this.#planes.values()].map(({ record }) => record)
    return records
      .filter((record) => record.workspaceId === workspaceId)
      .toSorted((a, b) => Number(b.embedded) - Number(a.embedded) || a.name.localeCompare(b.name))
  }

  /** All embedded planes that are switched on. */
  embedded(): PlaneRecord[] {
    return [...this.#planes.values()].map(({ record }) => record).filter(({ embedded, on }) => embedded && on)
  }

  /** How it is reached now; off for one that is not known. */
  stateOf(planeId: string): PlaneState {
    return this.#planes.get(planeId)?.link?.state() ?? { state: 'off' }
  }

  /** Null for an embedded one, and for one that is not known. */
  urlOf(planeId: string): string | null {
    return this.#planes.get(planeId)?.record.url ?? null
  }

  /** Throws `not_found`. */
  nameOf(planeId: string): string {
    return this.#find(planeId).record.name
  }

  /** Ask a plane. Throws `not_found`, `unreachable`, and whatever the question does. */
  async ask<T>(planeId: string, question: (client: PlaneClient) => Promise<T>, signal: AbortSignal): Promise<T> {
    const { record, link } = this.#find(planeId)
    if (link === null) throw new Fault('unreachable', { host: record.name, ...reasonOf('switched_off') })
    const client = await link.client(signal)
    const mode = client.safety().mode
    try {
      return await question(client)
    } catch (error) {
      link.saw(client, error)
      throw error
    } finally {
      if (client.safety().mode !== mode) this.#changes.announce(planeId)
    }
  }

  /** Ask for a change, written down before it is sent. Throws what `ask` throws. */
  async perform<T>(
    planeId: string,
    act: Pick<Dispatch, 'action' | 'origin' | 'summary' | 'entryId'>,
    question: (client: PlaneClient) => Promise<T>,
  ): Promise<T> {
    const { name, workspaceId } = this.#find(planeId).record
    const dispatch = { ...act, workspaceId, summary: `${act.summary}, on ${name}` }
    return await this.#deps.audit.perform(dispatch, () => this.ask(planeId, question, neverAborted()))
  }

  /** Try now to reach those that are not, of a workspace. */
  reach(workspaceId: string): void {
    for (const { id } of this.recordsOf(workspaceId)) this.#planes.get(id)?.link?.reach()
    this.#asks.announce(workspaceId)
  }

  /** Ids of workspaces of which somebody wants to know at once how their planes are, from now on. */
  asks(): ChangeReader<string> {
    return this.#asks.subscribe()
  }

  /** What answers at an address that is not added yet. Throws `unreachable`, `unauthenticated`, `version_mismatch`, `invalid_input`. */
  async probe(plane: Omit<NewPlane, 'name'>, signal: AbortSignal): Promise<PlaneState> {
    requireSafeUrl(plane.url)
    const token = tidyToken(plane.token)
    using client = this.#deps.open({ ...plane, token: token === '' ? null : token, name: new URL(plane.url).host })
    return connectedState({ client, hello: await client.hello(signal) })
  }

  /** Throws `conflict` (`plane_exists`), `invalid_input`. */
  async add({ workspaceId, origin }: Asker, { name, url, pin, ...given }: NewPlane): Promise<Plane> {
    requireSafeUrl(url)
    const token = tidyToken(given.token)
    const hasToken = token !== null && token !== ''
    const made = {
      id: randomUUID(),
      workspaceId,
      embedded: false,
      name,
      url,
      pin,
      hasToken,
      on: true,
      consumerPort: null,
    }
    return await this.#deps.audit.perform(
      { action: 'plane.add', origin, workspaceId, summary: `${name}, at ${url}` },
      async () => {
        this.#requireFree(made)
        if (hasToken) await (await this.#deps.secrets.open()).set(this.#tokenName(made.id), token)
        this.#put(made)
        this.#take(made)
        this.#changes.announce(made.id)
        return this.#view(made)
      },
    )
  }

  /** A token is not sent to another address than it was given for. Throws `not_found`, `conflict`, `invalid_input`. */
  async change(planeId: string, origin: string, { name, url, ...given }: PlaneChange): Promise<Plane> {
    const { record } = this.#find(planeId)
    const token = tidyToken(given.token)
    if (url !== null) requireSafeUrl(url)
    const moves = url !== null && !sameOrigin(url, record.url)
    const newToken = token ?? (moves ? '' : null)
    const next = {
      ...record,
      name: name ?? record.name,
      url: url ?? record.url,
      hasToken: newToken === null ? record.hasToken : newToken !== '',
    }
    const words = [
      name === null ? [] : [`now ${name}`],
      url === null ? [] : [`at ${url}`],
      token === null ? [] : ['its token'],
    ]
    const summary = [record.name, ...words.flat()].join(', ')
    const { audit, secrets } = this.#deps
    return await audit.perform(
      { action: 'plane.change', origin, workspaceId: record.workspaceId, summary },
      async () => {
        if (record.embedded && (url !== null || token !== null)) throw isEmbedded(record)
        this.#requireFree(next)
        if (newToken !== null && newToken !== '') await (await secrets.open()).set(this.#tokenName(planeId), newToken)
        else if (newToken === '' && record.hasToken) await (await secrets.open()).delete(this.#tokenName(planeId))
        await this.#replace(next)
        return this.#view(next)
      },
    )
  }

  /** Throws `not_found`, `conflict` (`plane_embedded`). */
  async remove(planeId: string, origin: string): Promise<void> {
    const { record } = this.#find(planeId)
    const { audit } = this.#deps
    const { workspaceId, name: summary } = record
    await audit.perform({ action: 'plane.remove', origin, workspaceId, summary }, async () => {
      if (record.embedded) throw isEmbedded(record)
      await this.#forget(record)
    })
  }

  /** Switch a workspace's embedded plane on, or off; what it knows stays. */
  async setEmbedded({ workspaceId, origin }: Asker, on: boolean, consumerPort: number | null): Promise<Plane[]> {
    const record = this.#embeddedOf(workspaceId)
    const where =
      consumerPort === null ? 'for consumers of this console alone' : `consumers at port ${consumerPort || 'any'}`
    const summary = on ? `${record.name}: on, ${where}` : `${record.name}: off`
    await this.#deps.audit.perform({ action: 'plane.embedded', origin, workspaceId, summary }, () =>
      this.#replace({ ...record, on, consumerPort: on ? consumerPort : record.consumerPort }),
    )
    return this.list(workspaceId)
  }

  /** Into a safety mode. Throws what `ask` throws. */
  async raise(planeId: string, origin: string, mode: 'write' | 'danger'): Promise<PlaneSafety> {
    return await this.perform(planeId, { action: 'plane.mode', origin, summary: `Raised to ${mode}` }, (client) =>
      client.raise(mode),
    )
  }

  async lower(planeId: string, origin: string): Promise<PlaneSafety> {
    return await this.perform(planeId, { action: 'plane.mode', origin, summary: 'Lowered to read-only' }, (client) =>
      client.lower(),
    )
  }

  /** A workspace is no more: its planes are not looked at any longer. What the embedded one knows stays on the disk. */
  async forgetWorkspace(workspaceId: string): Promise<void> {
    await Promise.all(this.recordsOf(workspaceId).map((record) => this.#forget(record)))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#planes.values()].flatMap(({ link }) => link?.[Symbol.asyncDispose]() ?? []))
    await this.#embedded[Symbol.asyncDispose]()
  }

  #view({ id, embedded, name, url, pin, hasToken, consumerPort }: PlaneRecord): Plane {
    const kind = embedded ? 'embedded' : 'remote'
    const state = this.stateOf(id)
    const connection = embedded && consumerPort === null ? withoutGuests(state) : state
    return { id, kind, name, url, hasToken, pin, consumerPort, connection }
  }

  #embeddedOf(workspaceId: string): PlaneRecord {
    const found = this.recordsOf(workspaceId).find(({ embedded }) => embedded)
    if (found !== undefined) return found
    const names = this.recordsOf(workspaceId).map(({ name }) => name.toLowerCase())
    const name = names.includes(EMBEDDED_NAME.toLowerCase()) ? `${EMBEDDED_NAME} (own)` : EMBEDDED_NAME
    const bare = { url: null, pin: null, hasToken: false, on: false, consumerPort: null }
    const made = { id: randomUUID(), workspaceId, embedded: true, name, ...bare }
    this.#put(made)
    this.#take(made)
    return made
  }

  #take(record: PlaneRecord): void {
    const link = record.on ? this.#linkTo(record) : null
    this.#planes.set(record.id, { record, link })
    if (this.#isStarted) link?.start()
  }

  #linkTo(record: PlaneRecord): PlaneLink {
    const { clock, random } = this.#deps
    const reach = (signal: AbortSignal): Promise<ReachedPlane> =>
      record.embedded ? this.#reachEmbedded(record, signal) : this.#reachRemote(record)
    return new PlaneLink({ clock, random, name: record.name, reach, changed: () => this.#changes.announce(record.id) })
  }

  async #reachEmbedded(record: PlaneRecord, signal: AbortSignal): Promise<ReachedPlane> {
    const { operatorUrl: url, token, ended } = await this.#embedded.run(record, signal)
    return { client: this.#deps.open({ name: record.name, url, token, pin: null }), ended }
  }

  async #reachRemote({ id, name, url, pin, hasToken }: PlaneRecord): Promise<ReachedPlane> {
    const token = hasToken ? await (await this.#deps.secrets.open()).get(this.#tokenName(id)) : null
    return { client: this.#deps.open({ name, url: url ?? '', token, pin }), ended: null }
  }

  async #replace(record: PlaneRecord): Promise<void> {
    this.#put(record)
    await this.#planes.get(record.id)?.link?.[Symbol.asyncDispose]()
    if (record.embedded) await this.#embedded.end(record.id)
    this.#take(record)
    this.#changes.announce(record.id)
  }

  async #forget({ id, hasToken }: PlaneRecord): Promise<void> {
    const { store, secrets } = this.#deps
    const known = this.#planes.get(id)
    this.#planes.delete(id)
    await known?.link?.[Symbol.asyncDispose]()
    await this.#embedded.end(id)
    if (hasToken) await (await secrets.open()).delete(this.#tokenName(id))
    store.remove(id)
    this.#changes.announce(id)
  }

  #put(record: PlaneRecord): void {
    if (!this.#deps.store.put(record)) throw new Fault('conflict', { what: 'plane_exists', detail: record.name })
  }

  #requireFree({ id, workspaceId, name, url }: PlaneRecord): void {
    const same = this.recordsOf(workspaceId).find(
      (one) =>
        one.id !== id && (one.name.toLowerCase() === name.toLowerCase() || (one.url !== null && one.url === url)),
    )
    if (same !== undefined) throw new Fault('conflict', { what: 'plane_exists', detail: same.name })
  }

  #tokenName(planeId: string): string {
    return `plane-token:${this.#deps.installation}:${planeId}`
  }

  #find(planeId: string): KnownPlane {
    const known = this.#planes.get(planeId)
    if (known === undefined) throw new Fault('not_found', { what: 'plane', id: planeId })
    return known
  }
}

/** Without a port of its own it is reached by this console's consumer alone, and nobody else can enrol. */
function withoutGuests(state: PlaneState): PlaneState {
  if (state.state !== 'connected') return state
  return { ...state, consumerUrl: null, features: state.features.filter((feature) => feature !== 'enrolment') }
}

function isEmbedded({ name }: PlaneRecord): Fault {
  return new Fault('conflict', { what: 'plane_embedded', detail: name })
}
