import { z } from 'zod'
import type { ConsumerWorkerMessage, ConsumerWorkerOrder } from '../../../contract/control-plane/consumer-worker.ts'
import { Fault } from '../../../contract/errors.ts'
import { type Reason, reasonIn } from '../../../contract/reasons.ts'
import type { OwnConsumer } from '../../../contract/shapes/own-consumer.ts'
import type { PlaneRecord, SettingStore } from '../../store/index.ts'
import type { AuditService } from '../audit/index.ts'
import { Changes } from '../changes.ts'
import { Background } from '../background.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { PlanesService } from '../planes/index.ts'
import { firstOf } from '../signals.ts'

/** Where a consumer is to work. */
export interface ConsumerStart {
  readonly planeId: string
  readonly planeUrl: string
  readonly planePin: string
  /** Null where it was enrolled before. */
  readonly code: string | null
}

/** One that runs in a thread; ended when it is disposed. */
export interface RunningConsumer extends AsyncDisposable {
  readonly scratch: string
  order(what: ConsumerWorkerOrder): void
  /** Why it ended, when it has. */
  readonly ended: Promise<Reason>
}

export type StartConsumer = (
  start: ConsumerStart,
  onMessage: (message: ConsumerWorkerMessage) => void,
) => RunningConsumer

interface Deps {
  readonly planes: Pick<PlanesService, 'changes' | 'embedded' | 'stateOf' | 'perform' | 'list' | 'workspaceOf'>
  readonly settings: SettingStore
  readonly audit: Pick<AuditService, 'perform' | 'record'>
  readonly clock: Clock
  readonly log: Log
  readonly start: StartConsumer
}

export interface Asker {
  readonly workspaceId: string
  readonly origin: string
}

const settingSchema = z.object({
  on: z.boolean(),
  /** Of the plane's certificate, learnt when it was enrolled. */
  pin: z.string().nullable(),
  consumerId: z.string().nullable(),
})
type Setting = z.infer<typeof settingSchema>

type Standing = Extract<ConsumerWorkerMessage, { readonly say: 'standing' }>

interface Carried {
  readonly url: string
  readonly running: RunningConsumer
  standing: Standing | null
}

const NOTHING = { fetchedAt: null, fetchError: null, untold: 0, scratchBytes: 0, replicas: [] }
/** Milliseconds until one that failed is tried again. */
const AGAIN = 30_000
const NAME = 'This console'
const SYSTEM = 'the console itself'

/** The restore consumers that this console carries: one for each workspace that has it switched on, for its embedded plane. */
export class OwnConsumers implements AsyncDisposable {
  readonly #deps: Deps
  readonly #carried = new Map<string, Carried>()
  readonly #failed = new Map<string, { readonly reason: Reason; readonly again: number }>()
  readonly #changes = new Changes<string>()
  readonly #wakes = new Changes<string>()
  readonly #background: Background

  constructor(deps: Deps) {
    this.#deps = deps
    this.#background = new Background(
      (signal) => this.#run(signal),
      (error) => deps.log.error('own consumers are not looked after', { reason: String(error) }),
    )
  }

  /** How a workspace's own consumer stands now. */
  of(workspaceId: string): OwnConsumer {
    const planeId = this.#embeddedIn(workspaceId)
    const { on, consumerId } = this.#setting(planeId)
    const carried = this.#carried.get(planeId)
    const failed = this.#failed.get(planeId)
    const common = { planeId, consumerId, scratch: carried?.running.scratch ?? null }
    if (!on) return { ...common, ...NOTHING, state: 'off', reason: null }
    if (carried !== undefined) {
      const { say: _, ...standing } = carried.standing ?? { say: null, ...NOTHING }
      return { ...common, ...standing, state: carried.standing === null ? 'starting' : 'working', reason: null }
    }
    if (failed !== undefined) return { ...common, ...NOTHING, state: 'failed', ...failed.reason }
    return { ...common, ...NOTHING, state: 'waiting', reason: null }
  }

  /** The same, now and again whenever it has changed. */
  async *watch(workspaceId: string, signal: AbortSignal): AsyncGenerator<OwnConsumer> {
    using changes = this.#changes.subscribe()
    using planeChanges = this.#deps.planes.changes()
    yield this.of(workspaceId)
    while (true) {
      await firstOf(signal, (either) => [changes.next(either), planeChanges.next(either)])
      yield this.of(workspaceId)
    }
  }

  /** Switch it on, or off. Throws `conflict` (`embedded_plane_off`). */
  async set({ workspaceId, origin }: Asker, on: boolean): Promise<OwnConsumer> {
    const planeId = this.#embeddedIn(workspaceId)
    const summary = on ? 'This console proves the backups' : 'This console proves no backups any more'
    await this.#deps.audit.perform({ action: 'consumer.own', origin, workspaceId, summary }, () => {
      const isThere = this.#deps.planes.embedded().some(({ id }) => id === planeId)
      if (on && !isThere) throw new Fault('conflict', { what: 'embedded_plane_off', detail: planeId })
      // Switched on it enrols anew, as the device that it was: somebody may have taken its role away meanwhile.
      const { pin, consumerId } = this.#setting(planeId)
      this.#keep(planeId, { on, consumerId, pin: on ? null : pin })
      this.#failed.delete(planeId)
      return Promise.resolve()
    })
    this.#changes.announce(planeId)
    this.#wakes.announce(planeId)
    return this.of(workspaceId)
  }

  /** Throws `not_found`, `conflict` (`own_consumer_off`). */
  verifyNow({ workspaceId, origin }: Asker, key: string): void {
    const planeId = this.#embeddedIn(workspaceId)
    const carried = this.#carried.get(planeId)
    const replica = carried?.standing?.replicas.find((one) => one.key === key)
    if (carried === undefined) throw new Fault('conflict', { what: 'own_consumer_off', detail: planeId })
    if (replica === undefined) throw new Fault('not_found', { what: 'replica', id: key })
    const act = { action: 'consumer.verify', origin, workspaceId, summary: replica.name } as const
    this.#deps.audit.record({ ...act, outcome: 'done' })
    carried.running.order({ do: 'verify-now', key })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#background[Symbol.asyncDispose]()
    await Promise.all([...this.#carried.keys()].map((planeId) => this.#end(planeId)))
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { planes, clock } = this.#deps
    using planeChanges = planes.changes()
    using wakes = this.#wakes.subscribe()
    while (!signal.aborted) {
      for (const plane of planes.embedded()) await this.#look(plane)
      const on = new Set(planes.embedded().map(({ id }) => id))
      for (const planeId of this.#carried.keys()) if (!on.has(planeId)) await this.#end(planeId)
      await firstOf(signal, (either) => [planeChanges.next(either), wakes.next(either), clock.pause(AGAIN, either)])
    }
  }

  /** Begin or end what is to work for a plane, as it is reached now. */
  async #look({ id: planeId, workspaceId }: PlaneRecord): Promise<void> {
    const state = this.#deps.planes.stateOf(planeId)
    const url = state.state === 'connected' && state.consumerUrl !== null ? onThisComputer(state.consumerUrl) : null
    const carried = this.#carried.get(planeId)
    const { on } = this.#setting(planeId)
    if (carried !== undefined && (!on || (url !== null && url !== carried.url))) await this.#end(planeId)
    if (!on || url === null || this.#carried.has(planeId)) return
    const failed = this.#failed.get(planeId)
    if (failed !== undefined && failed.again > this.#deps.clock.now().getTime()) return
    try {
      await this.#begin(planeId, workspaceId, url)
    } catch (error) {
      this.#fail(planeId, reasonIn(error))
    }
  }

  async #begin(planeId: string, workspaceId: string, url: string): Promise<void> {
    const { planes, start } = this.#deps
    const setting = this.#setting(planeId)
    const isEnrolled = setting.pin !== null && setting.consumerId !== null
    const invitation = isEnrolled
      ? { code: null, pin: setting.pin }
      : await planes
          .perform(planeId, { action: 'consumer.invite', origin: SYSTEM, summary: NAME }, (client) => client.code(NAME))
          .then(({ code, planePin }) => ({ code, pin: planePin }))
    const onMessage = (message: ConsumerWorkerMessage): void => this.#heard(planeId, invitation.pin, message)
    const running = start({ planeId, planeUrl: url, planePin: invitation.pin ?? '', code: invitation.code }, onMessage)
    this.#carried.set(planeId, { url, running, standing: null })
    this.#failed.delete(planeId)
    this.#changes.announce(planeId)
    void running.ended.then((reason) => {
      if (this.#carried.get(planeId)?.running !== running) return
      this.#carried.delete(planeId)
      this.#deps.log.warning('the own consumer ended', { workspaceId, reason: reason.reason })
      this.#fail(planeId, reason)
    })
  }

  #heard(planeId: string, pin: string | null, message: ConsumerWorkerMessage): void {
    if (message.say === 'enrolled') {
      this.#keep(planeId, { ...this.#setting(planeId), pin, consumerId: message.deviceId })
    } else {
      const carried = this.#carried.get(planeId)
      if (carried !== undefined) carried.standing = message
    }
    this.#changes.announce(planeId)
  }

  #fail(planeId: string, reason: Reason): void {
    this.#failed.set(planeId, { reason, again: this.#deps.clock.now().getTime() + AGAIN })
    this.#changes.announce(planeId)
  }

  async #end(planeId: string): Promise<void> {
    const carried = this.#carried.get(planeId)
    this.#carried.delete(planeId)
    await carried?.running[Symbol.asyncDispose]()
    this.#changes.announce(planeId)
  }

  /** Every workspace has an embedded plane, on or off. */
  #embeddedIn(workspaceId: string): string {
    const embedded = this.#deps.planes.list(workspaceId).find(({ kind }) => kind === 'embedded')
    if (embedded === undefined) throw new Fault('not_found', { what: 'plane', id: workspaceId })
    return embedded.id
  }

  #setting(planeId: string): Setting {
    const kept = this.#deps.settings.get(settingOf(planeId))
    return kept === null ? { on: false, pin: null, consumerId: null } : settingSchema.parse(JSON.parse(kept))
  }

  #keep(planeId: string, setting: Setting): void {
    this.#deps.settings.set(settingOf(planeId), JSON.stringify(setting))
  }
}

/** Its name may mean nothing here; its key is what says that it is the same. */
function onThisComputer(url: string): string {
  return `https://127.0.0.1:${new URL(url).port}`
}

function settingOf(planeId: string): string {
  return `own consumer ${planeId}`
}
