import { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'

/** Milliseconds between two looks at the clock. */
const EVERY = 2000
/** A look that comes so many milliseconds late was slept through. */
const LATE = 5000

/** Tells when this machine has slept: no timer runs meanwhile, and what was connected has been given up by then. */
export class Wakes implements AsyncDisposable {
  readonly #changes = new Changes<'wake'>()
  readonly #stop = new AbortController()
  readonly #watching: Promise<void>

  constructor(clock: Clock) {
    this.#watching = this.#watch(clock).catch(() => undefined)
  }

  /** Wakings from now on. */
  subscribe(): ReturnType<Changes<'wake'>['subscribe']> {
    return this.#changes.subscribe()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await this.#watching
  }

  async #watch(clock: Clock): Promise<never> {
    while (true) {
      const before = clock.now().getTime()
      await clock.pause(EVERY, this.#stop.signal)
      if (clock.now().getTime() - before > EVERY + LATE) this.#changes.announce('wake')
    }
  }
}
