import { useSyncExternalStore } from 'react'

const PERIOD_MILLISECONDS = 10_000

const listeners = new Set<() => void>()
let clock: ReturnType<typeof setInterval> | undefined

/** One clock for all that show the time: they are drawn again together. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  clock ??= setInterval(() => {
    for (const told of listeners) told()
  }, PERIOD_MILLISECONDS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(clock)
    clock = undefined
  }
}

/** The time, rounded down to ten seconds, so that what shows it is drawn again only then. */
export function useNow(): Date {
  const now = useSyncExternalStore(subscribe, () => Math.floor(Date.now() / PERIOD_MILLISECONDS) * PERIOD_MILLISECONDS)
  return new Date(now)
}
