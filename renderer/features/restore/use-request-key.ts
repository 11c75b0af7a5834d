import { useRef } from 'react'

/**
 * A request key for one intention: the same for as long as `intention` is, however often it is sent, and a new one
 * when the intention changes. The agent starts once per key, so a double click or a repeat after a lost answer is safe.
 */
export function useRequestKey(intention: string): string {
  const held = useRef({ intention, key: crypto.randomUUID() })
  if (held.current.intention !== intention) held.current = { intention, key: crypto.randomUUID() }
  return held.current.key
}
