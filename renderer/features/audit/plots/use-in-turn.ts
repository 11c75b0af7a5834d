import { useEffect, useState } from 'react'

/** How many of several heavy parts are to be drawn by now: one more in each frame, so that none holds up what is typed. */
export function useInTurn(parts: number): number {
  const [drawn, setDrawn] = useState(1)
  useEffect(() => {
    if (drawn >= parts) return undefined
    const request = requestAnimationFrame(() => setDrawn(drawn + 1))
    return () => cancelAnimationFrame(request)
  }, [drawn, parts])
  return drawn
}
