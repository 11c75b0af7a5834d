import {
  type Consumer,
  type ConsumerCode,
  type ConsumerConnection,
  type IssuedAccess,
  SILENT_AFTER,
} from '../../../contract/shapes/consumer.ts'
import type { PlannedRestore } from '../../../contract/shapes/replica.ts'
import type { Clock } from '../clock.ts'
import type { PlaneMirror, PlanesService } from '../planes/index.ts'

interface Deps {
  readonly planes: PlanesService
  readonly mirror: PlaneMirror
  readonly clock: Pick<Clock, 'now'>
}

export interface ConsumerPlace {
  readonly planeId: string
  readonly consumerId: string
}

/** Who restores replicas, on all planes of a workspace. */
export class ConsumersService {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** By name, as the planes said last. */
  list(workspaceId: string): Consumer[] {
    const { mirror, clock } = this.#deps
    const now = clock.now().getTime()
    return mirror
      .of(workspaceId)
      .flatMap(({ planeId, board }) =>
        (board?.consumers ?? []).map(
          (consumer): Consumer => ({ planeId, ...consumer, silent: isSilent(consumer, now) }),
        ),
      )
      .toSorted((a, b) => (a.name ?? a.id).localeCompare(b.name ?? b.id))
  }

  /** The list, now and again whenever it has changed. */
  async *watch(workspaceId: string, signal: AbortSignal): AsyncGenerator<Consumer[]> {
    const { mirror } = this.#deps
    using _attended = mirror.attend(workspaceId)
    using changes = mirror.changes()
    yield this.list(workspaceId)
    while (true) {
      const changed = await changes.next(signal)
      if (changed.includes(workspaceId)) yield this.list(workspaceId)
    }
  }

  /** What it would be sent if it asked now; null where the plane cannot say. */
  async worklist({ planeId, consumerId }: ConsumerPlace, signal: AbortSignal): Promise<PlannedRestore[] | null> {
    const entries = await this.#deps.planes.ask(planeId, (client) => client.worklist(consumerId, signal), signal)
    return entries === null ? null : [...entries]
  }

  /** A page of what it was given to read with, newest first; null where the plane cannot say. */
  async issuances(
    { planeId, consumerId }: ConsumerPlace,
    before: string | null,
    signal: AbortSignal,
  ): Promise<{ items: IssuedAccess[]; next: string | null } | null> {
    const page = await this.#deps.planes.ask(planeId, (client) => client.issuances(consumerId, before, signal), signal)
    return page === null ? null : { items: [...page.items], next: page.next }
  }

  async connections({ planeId, consumerId }: ConsumerPlace, signal: AbortSignal): Promise<ConsumerConnection[] | null> {
    const found = await this.#deps.planes.ask(planeId, (client) => client.connections(consumerId, signal), signal)
    return found === null ? null : [...found]
  }

  /** A one-time code for a new one; the code itself is in no record. Throws `conflict` (`plane_without_enrolment`). */
  async code(planeId: string, origin: string, name: string): Promise<ConsumerCode> {
    const act = { action: 'consumer.invite', origin, summary: name } as const
    return await this.#deps.planes.perform(planeId, act, (client) => client.code(name))
  }

  /** Take the role away. */
  async dismiss({ planeId, consumerId }: ConsumerPlace, origin: string): Promise<void> {
    const { planes, mirror } = this.#deps
    const known = mirror
      .of(planes.workspaceOf(planeId) ?? '')
      .flatMap(({ board }) => board?.consumers ?? [])
      .find(({ id }) => id === consumerId)
    const act = { action: 'consumer.dismiss', origin, summary: known?.name ?? consumerId } as const
    await planes.perform(planeId, act, (client) => client.dismiss(consumerId))
    await mirror.look(planeId)
  }
}

type Heard = Pick<Consumer, 'lastWorklistAt' | 'lastSeenAt' | 'registeredAt'>

/** One that never asked has as long as any other from when it was first heard of. Null for one of a plane that says nothing of it. */
export function isSilent({ lastWorklistAt, lastSeenAt, registeredAt }: Heard, now: number): boolean | null {
  const heardAt = lastWorklistAt ?? lastSeenAt ?? registeredAt
  return heardAt === null ? null : now - Date.parse(heardAt) > SILENT_AFTER * 1000
}
