import { useState } from 'react'

/**
 * A request key for one intention: the same for as long as `intention` is, however often it is sent, and a new one
 * when the intention changes. The agent starts once per key, so a double click or a repeat after a lost answer is safe.
 */
export function useRequestKey(intention: string): string {
  const [held, setHeld] = useState(() => ({ intention, key: crypto.randomUUID() }))
  if (held.intention === intention) return held.key
  const fresh = { intention, key: crypto.randomUUID() }
  setHeld(fresh)
  return fresh.key
}
