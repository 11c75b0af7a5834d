/** Begins to tell when it is read; ends with the signal. */
export type Source<T> = (signal: AbortSignal) => AsyncIterable<T>

/**
 * What several sources tell, in the order in which it comes, `atOnce` of them at a time. Each source has one value
 * waiting and is asked for the next when that was taken: a slow reader makes them all slow, and none is drowned by
 * another. What a source throws ends all; so does the signal, and a reader that leaves.
 */
export async function* merge<T>(
  sources: readonly Source<T>[],
  atOnce: number,
  signal: AbortSignal,
): AsyncGenerator<T, void> {
  const stop = new AbortController()
  const ended = AbortSignal.any([signal, stop.signal])
  const desk = new Desk<T>()
  const waiting = sources.values()
  const work = async (): Promise<void> => {
    for (const source of waiting) for await (const value of source(ended)) await desk.offer(value, ended)
  }
  const workers = Array.from({ length: Math.min(atOnce, sources.length) }, work)
  const all = Promise.all(workers)
  all.then(
    () => desk.close(),
    () => desk.close(),
  )
  try {
    yield* desk.values()
    await all
  } finally {
    stop.abort()
    await Promise.allSettled(workers)
  }
}

interface Offer<T> {
  readonly value: T
  readonly taken: () => void
}

/** Where values change hands: who offers one waits until it is taken, first come, first served. */
class Desk<T> {
  readonly #offers: Offer<T>[] = []
  #closed = false
  #wake = (): void => undefined

  offer(value: T, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const leave = (): void => reject(signal.reason)
    signal.addEventListener('abort', leave, { once: true })
    const taken = (): void => {
      signal.removeEventListener('abort', leave)
      resolve()
    }
    this.#offers.push({ value, taken })
    this.#wake()
    return promise
  }

  close(): void {
    this.#closed = true
    this.#wake()
  }

  async *values(): AsyncGenerator<T, void> {
    while (!this.#closed) {
      const offer = this.#offers.shift()
      if (offer === undefined) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
        continue
      }
      offer.taken()
      yield offer.value
    }
  }
}
