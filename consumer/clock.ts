import { setTimeout as pause } from 'node:timers/promises'

/** Where the consumer reads the time, so that tests may set it. */
export interface Clock {
  now(): Date
  /** Milliseconds on a clock that only goes forward, for measuring. */
  elapsed(): number
  /** Ends early, without an error, when the signal is aborted. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => new Date(),
  elapsed: () => performance.now(),
  pause: async (milliseconds, signal) => {
    await pause(milliseconds, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
  },
}
