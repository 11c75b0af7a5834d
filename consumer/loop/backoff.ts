const FIRST = 60
const LEAST = 120
const MOST = 3600

/** Seconds to wait after so many failures one after the other: two minutes, doubled up to an hour. It never gives up. */
export function backoff(failures: number): number {
  return Math.min(MOST, Math.max(LEAST, FIRST * 2 ** failures))
}
