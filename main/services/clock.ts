/** Time, handed in so that tests need not wait for it. */
export interface Clock {
  now(): Date
  /** Resolves after so many milliseconds; rejects with the signal's reason when that comes first. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>
}
