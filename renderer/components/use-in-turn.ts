import { startTransition, useEffect, useState } from 'react'

/**
 * How many of several heavy parts are to be drawn by now: one more in each frame, and each given up for a while when there
 * is something more urgent, so that none holds up what is typed.
 */
export function useInTurn(parts: number): number {
  const [drawn, setDrawn] = useState(0)
  useEffect(() => {
    if (drawn >= parts) return undefined
    const request = requestAnimationFrame(() => startTransition(() => setDrawn(drawn + 1)))
    return () => cancelAnimationFrame(request)
  }, [drawn, parts])
  return drawn
}
