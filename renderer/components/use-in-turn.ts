import { startTransition, useEffect, useState } from 'react'

/**
 * How many of several heavy parts are to be drawn by now: first none, then one more with each drawing. A drawing is given up
 * for a while when there is something more urgent, and each is short, so that none holds up what is typed or pressed.
 */
export function useInTurn(parts: number): number {
  const [drawn, setDrawn] = useState(0)
  useEffect(() => {
    if (drawn < parts) startTransition(() => setDrawn(drawn + 1))
  }, [drawn, parts])
  return drawn
}
