/** Where the agent's code reads the time, so that tests may set it. */
export interface Clock {
  now(): Date
  /** Milliseconds on a clock that only goes forward, for measuring. */
  elapsed(): number
}

export const systemClock: Clock = { now: () => new Date(), elapsed: () => performance.now() }
