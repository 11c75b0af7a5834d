import { Fault } from '../../contract/errors.ts'
import { Turns } from './turns.ts'

interface Flight<T> {
  readonly result: Promise<T>
  readonly stop: AbortController
  waiting: number
  over: boolean
}

/**
 * Answers by key, each being fetched once however many ask for it meanwhile, and so many at once as it is made for. One who
 * no longer wants to wait leaves at once; when nobody waits any more, the fetch is stopped, or never begun.
 */
export class SingleFlight<T> {
  readonly #fetch: (key: string, signal: AbortSignal) => Promise<T>
  readonly #flights = new Map<string, Flight<T>>()
  readonly #turns: Turns

  constructor(fetch: (key: string, signal: AbortSignal) => Promise<T>, atOnce = 1) {
    this.#fetch = fetch
    this.#turns = new Turns(atOnce)
  }

  /** Throws `cancelled` when the signal is aborted, and what the fetch throws. */
  async get(key: string, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted) throw new Fault('cancelled', {})
    const flight = this.#flights.get(key) ?? this.#start(key)
    flight.waiting += 1
    try {
      return await (signal ? untilAborted(flight.result, signal) : flight.result)
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
    const flight: Flight<T> = { result, stop, waiting: 0, over: false }
    const end = (): void => {
      flight.over = true
    }
    result.then(end, end)
    this.#flights.set(key, flight)
    return flight
  }

  #abandon(key: string, flight: Flight<T>): void {
    // Whoever comes now starts anew rather than joining a flight that is being stopped.
    if (this.#flights.get(key) === flight) this.#flights.delete(key)
    // To abort what is over would cost an exception with its stack each time.
    if (!flight.over) flight.stop.abort()
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
