import { setTimeout as pause } from 'node:timers/promises'

/** Milliseconds that a repository is left alone after a look. */
const LEAST_REST = 2000

interface Looked {
  going: Promise<void>
  next: Promise<void> | undefined
  /** Before that none begins, on a clock that only goes forward. */
  restsUntil: number
}

/**
 * Looks at repositories, as often as somebody has a reason to: never two at one at a time, and after each it is left alone for as long as
 * that took. Reasons that come meanwhile are one look, which begins after the last of them.
 */
export class Looks implements AsyncDisposable {
  readonly #look: (id: string) => Promise<void>
  readonly #leastRest: number
  readonly #closing = new AbortController()
  readonly #looked = new Map<string, Looked>()

  /** `look` never rejects. */
  constructor(look: (id: string) => Promise<void>, leastRest = LEAST_REST) {
    this.#look = look
    this.#leastRest = leastRest
  }

  /** Until one is over that began after this was asked, or until nobody wants to know any more. */
  ask(id: string): Promise<void> {
    const looked = this.#looked.get(id) ?? { going: Promise.resolve(), next: undefined, restsUntil: 0 }
    this.#looked.set(id, looked)
    looked.next ??= this.#next(id, looked)
    return looked.next
  }

  /** None begins any more; until those that go on are over. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await Promise.all(Array.from(this.#looked.values(), ({ going, next }) => next ?? going))
  }

  async #next(id: string, looked: Looked): Promise<void> {
    const { signal } = this.#closing
    await looked.going
    const rest = looked.restsUntil - performance.now()
    if (rest > 0) await pause(rest, undefined, { signal, ref: false }).catch(() => undefined)
    looked.next = undefined
    if (signal.aborted) return
    looked.going = this.#timed(id, looked)
    await looked.going
  }

  async #timed(id: string, looked: Looked): Promise<void> {
    const began = performance.now()
    await this.#look(id)
    const now = performance.now()
    looked.restsUntil = now + Math.max(this.#leastRest, now - began)
  }
}
