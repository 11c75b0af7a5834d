import { setImmediate as settle } from 'node:timers/promises'
import type { Clock } from '../main/services/clock.ts'

interface Pause {
  readonly due: number
  readonly end: () => void
}

/** Time that passes when a test says so. It begins at 0. */
export class ManualClock implements Clock {
  /** The pauses that were asked for, in milliseconds. */
  readonly asked: number[] = []
  readonly #pauses = new Set<Pause>()
  #now = 0

  now(): Date {
    return new Date(this.#now)
  }

  pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    this.asked.push(milliseconds)
    return new Promise((resolve, reject) => {
      const pause = { due: this.#now + milliseconds, end: resolve }
      this.#pauses.add(pause)
      const leave = (): void => {
        this.#pauses.delete(pause)
        reject(signal.reason)
      }
      if (signal.aborted) return leave()
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  /** Everything that is due meanwhile happens, each at its time. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds
    await settle()
    for (let next = this.#next(until); next !== undefined; next = this.#next(until)) {
      this.#now = Math.max(this.#now, next.due)
      this.#pauses.delete(next)
      next.end()
      await settle()
    }
    this.#now = until
  }

  /** The machine sleeps: time passes, and nothing happens. */
  sleep(milliseconds: number): void {
    this.#now += milliseconds
  }

  #next(until: number): Pause | undefined {
    return [...this.#pauses].filter(({ due }) => due <= until).sort((left, right) => left.due - right.due)[0]
  }
}
