import { Fault, writeFault } from '../../../contract/errors.ts'
import { type Reason, reasonIn } from '../../../contract/reasons.ts'
import type { PlaneState } from '../../../contract/shapes/plane.ts'
import { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'
import type { PlaneClient, PlaneHello } from './plane-client.ts'

/** What a plane is asked through, for as long as it is reached. */
export interface ReachedPlane {
  readonly client: PlaneClient
  /** Why it ended, of one that this console carries itself; null for others, whose end is noticed by asking. */
  readonly ended: Promise<Reason> | null
}

export interface LinkDeps {
  readonly clock: Clock
  /** From 0 to 1. */
  readonly random: () => number
  readonly name: string
  readonly reach: (signal: AbortSignal) => Promise<ReachedPlane>
  readonly changed: () => void
}

/** Milliseconds. */
const FIRST_PAUSE = 500
const LONGEST_PAUSE = 60_000
/** One that was there for so long was a good one: the next pause is short again. */
const GOOD = 10_000

/** The way to one control plane: found out what it is, noticed when it is gone, and tried again with a growing pause. */
export class PlaneLink implements AsyncDisposable {
  readonly #deps: LinkDeps
  readonly #stop = new AbortController()
  readonly #changes = new Changes<'state'>()
  readonly #asks = new Changes<'reach'>()
  #loop: Promise<void> | undefined
  #reached: { readonly client: PlaneClient; readonly hello: PlaneHello } | undefined
  #doubt: () => void = () => undefined
  #failure: { readonly fault: Fault; readonly since: string } | undefined

  constructor(deps: LinkDeps) {
    this.#deps = deps
  }

  start(): void {
    this.#loop ??= this.#run().catch(() => undefined)
  }

  state(): PlaneState {
    if (this.#reached !== undefined) return connectedState(this.#reached)
    if (this.#failure === undefined) return { state: 'connecting' }
    return { state: 'failed', fault: writeFault(this.#failure.fault), since: this.#failure.since }
  }

  /** Try now, where it waits to try again. */
  reach(): void {
    this.#asks.announce('reach')
  }

  /** What it is asked through, once it is known whether it can be. Throws why not. */
  async client(signal: AbortSignal): Promise<PlaneClient> {
    using changes = this.#changes.subscribe()
    const either = AbortSignal.any([signal, this.#stop.signal])
    while (this.#reached === undefined) {
      if (this.#failure !== undefined) throw this.#failure.fault
      await changes.next(either)
    }
    return this.#reached.client
  }

  /** What a question came to: where nobody answered, or the plane lets nobody in any more, it is asked whether it is still there. */
  saw(client: PlaneClient, error: unknown): void {
    if (client !== this.#reached?.client || !(error instanceof Fault)) return
    if (error.code === 'unreachable' || error.code === 'unauthenticated') this.#doubt()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await this.#loop
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop
    let pause = FIRST_PAUSE
    while (!signal.aborted) {
      const began = this.#deps.clock.now().getTime()
      const wasConnected = await this.#once(signal)
      if (signal.aborted) return
      const wasGood = wasConnected && this.#deps.clock.now().getTime() - began > GOOD
      pause = wasGood ? FIRST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE)
      await this.#pause(pause * (0.75 + this.#deps.random() / 2))
    }
  }

  /** Reach it, and stay until it is lost. True where it was reached. */
  async #once(signal: AbortSignal): Promise<boolean> {
    let client: PlaneClient | undefined
    let wasConnected = false
    try {
      const reached = await this.#deps.reach(signal)
      client = reached.client
      let hello = await client.hello(signal)
      while (!signal.aborted) {
        this.#failure = undefined
        this.#reached = { client, hello }
        wasConnected = true
        this.#tell()
        await this.#untilDoubted(reached, signal)
        // One question that failed says little: it is gone where it does not say any more what it is.
        hello = await client.hello(signal)
      }
    } catch (error) {
      if (!signal.aborted) this.#fail(error instanceof Fault ? error : this.#unreachable(reasonIn(error)))
    } finally {
      client?.[Symbol.dispose]()
    }
    return wasConnected
  }

  /** Until a question failed, or the signal aborts. Throws why a plane of this console's own has ended. */
  async #untilDoubted({ ended }: ReachedPlane, signal: AbortSignal): Promise<void> {
    const doubted = Promise.withResolvers<void>()
    this.#doubt = doubted.resolve
    const stop = (): void => doubted.resolve()
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    const over = ended?.then((reason) => {
      throw this.#unreachable(reason)
    })
    try {
      await Promise.race(over === undefined ? [doubted.promise] : [doubted.promise, over])
    } finally {
      signal.removeEventListener('abort', stop)
      over?.catch(() => undefined)
    }
  }

  #fail(fault: Fault): void {
    this.#reached = undefined
    this.#failure = { fault, since: this.#failure?.since ?? this.#deps.clock.now().toISOString() }
    this.#tell()
  }

  #tell(): void {
    this.#changes.announce('state')
    this.#deps.changed()
  }

  #unreachable(reason: Reason): Fault {
    return new Fault('unreachable', { host: this.#deps.name, ...reason })
  }

  async #pause(milliseconds: number): Promise<void> {
    using asks = this.#asks.subscribe()
    const over = new AbortController()
    const signal = AbortSignal.any([over.signal, this.#stop.signal])
    try {
      await Promise.race([this.#deps.clock.pause(milliseconds, signal), asks.next(signal)])
    } catch {
      // Stopped: the loop looks.
    } finally {
      over.abort()
    }
  }
}

/** A plane that has answered, as it is shown. */
export function connectedState({
  client,
  hello,
}: {
  readonly client: PlaneClient
  readonly hello: PlaneHello
}): PlaneState {
  const { dialect, features, version, consumerUrl } = hello
  return { state: 'connected', dialect, features: [...features], version, safety: client.safety(), consumerUrl }
}
