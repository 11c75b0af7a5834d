import { type ChangeReader, Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { PlaneBoard } from './plane-client.ts'
import type { PlanesService } from './planes-service.ts'

/** What was last seen of a plane. */
export interface SeenPlane {
  readonly planeId: string
  readonly planeName: string
  /** Null before it first answered. */
  readonly board: PlaneBoard | null
  readonly askedAt: string | null
  /** Since when it does not answer; null where it does, or was not asked yet. */
  readonly silentSince: string | null
}

interface Seen {
  /** Where it was when it was asked: at another address it is another plane. */
  readonly url: string | null
  board: PlaneBoard | null
  askedAt: string | null
  silentSince: string | null
  /** Milliseconds since the epoch. */
  nextAt: number
  asking: Promise<void> | null
}

interface Deps {
  readonly planes: PlanesService
  readonly clock: Clock
  readonly log: Log
}

/** Milliseconds between two looks at a plane; more where one takes long, so that none is asked all the time. */
const EVERY = 15_000
const SPARING = 10

/** What the planes say, for as long as somebody looks: they tell nothing by themselves. */
export class PlaneMirror implements AsyncDisposable {
  readonly #deps: Deps
  readonly #seen = new Map<string, Seen>()
  readonly #lookers = new Map<
    string,
    { count: number; readonly stop: AbortController; readonly looking: Promise<void> }
  >()
  readonly #changes = new Changes<string>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Planes of a workspace that are switched on, as they were last seen. */
  of(workspaceId: string): SeenPlane[] {
    const { planes } = this.#deps
    return planes.recordsOf(workspaceId).flatMap(({ id, name }) => {
      const connection = planes.stateOf(id)
      if (connection.state === 'off') return []
      const { board, askedAt, silentSince } = this.#seenOf(id)
      const since = connection.state === 'failed' ? (silentSince ?? connection.since) : silentSince
      return [{ planeId: id, planeName: name, board, askedAt, silentSince: since }]
    })
  }

  /** Ids of workspaces of whose planes something else is seen, from now on. */
  changes(): ChangeReader<string> {
    return this.#changes.subscribe()
  }

  /** Look at the planes of a workspace until this is disposed. */
  attend(workspaceId: string): Disposable {
    const { count, stop, looking } = this.#lookers.get(workspaceId) ?? this.#begin(workspaceId)
    this.#lookers.set(workspaceId, { count: count + 1, stop, looking })
    let isOver = false
    return {
      [Symbol.dispose]: () => {
        if (isOver) return
        isOver = true
        this.#leave(workspaceId)
      },
    }
  }

  /** Ask every plane of a workspace that can be reached, now; and try to reach the others. */
  async refresh(workspaceId: string): Promise<void> {
    this.#deps.planes.reach(workspaceId)
    await Promise.all(this.#connected(workspaceId).map((id) => this.look(id)))
  }

  /** Ask those planes of a workspace that were not asked for so many milliseconds; nobody waits for it. */
  lookAgain(workspaceId: string, every: number): void {
    const now = this.#deps.clock.now().getTime()
    for (const id of this.#connected(workspaceId)) {
      const { askedAt, nextAt, asking } = this.#seenOf(id)
      const isDue = askedAt === null || (now - Date.parse(askedAt) >= every && nextAt <= now)
      if (isDue && asking === null) void this.look(id)
    }
  }

  /** Ask a plane for all that is shown of it. What is on its way already may be from before: it is asked once more then. */
  async look(planeId: string): Promise<void> {
    const seen = this.#seenOf(planeId)
    await seen.asking
    seen.asking ??= this.#ask(planeId, seen).finally(() => {
      seen.asking = null
    })
    await seen.asking
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const all = [...this.#lookers.values()]
    this.#lookers.clear()
    for (const { stop } of all) stop.abort()
    await Promise.all(all.map(({ looking }) => looking))
  }

  #begin(workspaceId: string): { count: number; stop: AbortController; looking: Promise<void> } {
    const stop = new AbortController()
    return { count: 0, stop, looking: this.#keepLooking(workspaceId, stop.signal).catch(() => undefined) }
  }

  #leave(workspaceId: string): void {
    const lookers = this.#lookers.get(workspaceId)
    if (lookers === undefined) return
    lookers.count -= 1
    if (lookers.count > 0) return
    lookers.stop.abort()
    this.#lookers.delete(workspaceId)
  }

  async #keepLooking(workspaceId: string, signal: AbortSignal): Promise<void> {
    const { planes, clock } = this.#deps
    using changes = planes.changes()
    while (!signal.aborted) {
      const now = clock.now().getTime()
      const due = this.#connected(workspaceId).filter((id) => this.#seenOf(id).nextAt <= now)
      // Nobody waits for the slowest.
      for (const id of due) void this.look(id)
      const turn = new AbortController()
      const either = AbortSignal.any([signal, turn.signal])
      const news = changes.next(either)
      const changed = await Promise.race([news, clock.pause(EVERY / SPARING, either).then(() => [])])
      turn.abort()
      news.catch(() => undefined)
      for (const id of changed) this.#noticed(workspaceId, id)
    }
  }

  /** A plane can be reached again, or is silent. */
  #noticed(workspaceId: string, planeId: string): void {
    const { planes } = this.#deps
    if (planes.workspaceOf(planeId) === null) this.#seen.delete(planeId)
    else if (planes.workspaceOf(planeId) !== workspaceId) return
    else if (planes.stateOf(planeId).state === 'connected' && this.#seenOf(planeId).silentSince !== null) {
      this.#seenOf(planeId).nextAt = 0
    }
    this.#changes.announce(workspaceId)
  }

  #connected(workspaceId: string): string[] {
    const { planes } = this.#deps
    return planes
      .recordsOf(workspaceId)
      .map(({ id }) => id)
      .filter((id) => planes.stateOf(id).state === 'connected')
  }

  async #ask(planeId: string, seen: Seen): Promise<void> {
    const { planes, clock, log } = this.#deps
    const began = clock.now().getTime()
    try {
      seen.board = await planes.ask(
        planeId,
        (client) => client.board(AbortSignal.timeout(PATIENCE)),
        AbortSignal.timeout(PATIENCE),
      )
      seen.silentSince = null
    } catch (error) {
      seen.silentSince ??= clock.now().toISOString()
      log.warning('a control plane did not say how its replicas are', { planeId, reason: String(error) })
    }
    const now = clock.now()
    seen.askedAt = now.toISOString()
    seen.nextAt = now.getTime() + Math.max(EVERY, SPARING * (now.getTime() - began))
    const workspaceId = planes.workspaceOf(planeId)
    if (workspaceId !== null) this.#changes.announce(workspaceId)
  }

  #seenOf(planeId: string): Seen {
    const url = this.#deps.planes.urlOf(planeId)
    const known = this.#seen.get(planeId)
    if (known !== undefined && known.url === url) return known
    const fresh: Seen = { url, board: null, askedAt: null, silentSince: null, nextAt: 0, asking: null }
    this.#seen.set(planeId, fresh)
    return fresh
  }
}

/** Milliseconds for all that is shown of a plane, which may be many questions. */
const PATIENCE = 120_000
