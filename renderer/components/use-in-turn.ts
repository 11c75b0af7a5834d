import { startTransition, useEffect, useState } from 'react'

/**
 * How many of several heavy parts are to be drawn by now: first none, then one more with each drawing. A drawing is given up
 * for a while when there is something more urgent, and each is short, so that none holds up what is typed or pressed. `paced`: not
 * two of them in one frame, or they are laid out and painted as one.
 */
export function useInTurn(parts: number, { paced = false }: { readonly paced?: boolean } = {}): number {
  const [drawn, setDrawn] = useState(0)
  useEffect(() => {
    if (drawn >= parts) return
    const next = (): void => startTransition(() => setDrawn(drawn + 1))
    if (!paced || drawn === 0) return next()
    const frame = requestAnimationFrame(next)
    return () => cancelAnimationFrame(frame)
  }, [drawn, parts, paced])
  return drawn
}
