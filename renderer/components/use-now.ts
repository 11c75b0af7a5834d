import { useSyncExternalStore } from 'react'

const PERIOD_MILLISECONDS = 10_000

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, PERIOD_MILLISECONDS)
  return () => clearInterval(timer)
}

/** The time, rounded down to ten seconds, so that what shows it is drawn again only then. */
export function useNow(): Date {
  const now = useSyncExternalStore(subscribe, () => Math.floor(Date.now() / PERIOD_MILLISECONDS) * PERIOD_MILLISECONDS)
  return new Date(now)
}
