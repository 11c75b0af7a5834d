import { Fault } from '../../contract/errors.ts'
import { Turns } from './turns.ts'

interface Flight<T> {
  readonly result: Promise<T>
  readonly stop: AbortController
  waiting: number
  over: boolean
  answer: { readonly of: T } | undefined
}

/**
 * Answers by key, each being fetched once however many ask for it meanwhile, and so many at once as it is made for. One who
 * no longer wants to wait leaves at once; when nobody waits any more, the fetch is stopped, or never begun.
 */
export class SingleFlight<T> {
  readonly #fetch: (key: string, signal: AbortSignal) => Promise<T>
  readonly #flights = new Map<string, Flight<T>>()
  readonly #turns: Turns
  readonly #used: (answer: T) => void

  /** `used` is told of each answer that nobody waits for any more. */
  constructor(
    fetch: (key: string, signal: AbortSignal) => Promise<T>,
    atOnce: number | Turns = 1,
    used: (answer: T) => void = () => undefined,
  ) {
    this.#fetch = fetch
    this.#turns = typeof atOnce === 'number' ? new Turns(atOnce) : atOnce
    this.#used = used
  }

  /** Throws `cancelled` when the signal is aborted, and what the fetch throws. */
  get(key: string, signal?: AbortSignal): Promise<T> {
    return this.use(key, (answer) => answer, signal)
  }

  /** What `make` makes of the answer before it counts as used. Throws as `get` does, and what `make` throws. */
  async use<R>(key: string, make: (answer: T) => R, signal?: AbortSignal): Promise<R> {
    if (signal?.aborted) throw new Fault('cancelled', {})
    const flight = this.#flights.get(key) ?? this.#start(key)
    flight.waiting += 1
    try {
      return make(await (signal ? untilAborted(flight.result, signal) : flight.result))
    } finally {
      flight.waiting -= 1
      if (flight.waiting === 0) this.#abandon(key, flight)
    }
  }

  #start(key: string): Flight<T> {
    const stop = new AbortController()
    const result = this.#turns.take(async () => {
      if (stop.signal.aborted) throw new Fault('cancelled', {})
      return this.#fetch(key, stop.signal)
    })
    const flight: Flight<T> = { result, stop, waiting: 0, over: false, answer: undefined }
    result.then(
      (answer) => {
        flight.over = true
        // All may have left meanwhile.
        if (flight.waiting === 0) this.#used(answer)
        else flight.answer = { of: answer }
      },
      () => {
        flight.over = true
      },
    )
    this.#flights.set(key, flight)
    return flight
  }

  #abandon(key: string, flight: Flight<T>): void {
    // Whoever comes now starts anew rather than joining a flight that is being stopped.
    if (this.#flights.get(key) === flight) this.#flights.delete(key)
    if (flight.answer !== undefined) this.#used(flight.answer.of)
    // To abort what is over would cost an exception with its stack each time.
    else if (!flight.over) flight.stop.abort()
  }
}

async function untilAborted<T>(result: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(new Fault('cancelled', {}))
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([result, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
