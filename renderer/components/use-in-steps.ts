import { startTransition, useEffect, useState } from 'react'

/** Rows that come to the page with one drawing: more would hold up what is pressed meanwhile. */
const STEP = 6

const NONE: ReadonlySet<string> = new Set()

/**
 * Which of the rows in sight to draw now, by their keys, the most wanted first; none before what is around them is drawn. Rows
 * that are in the page stay there; of others a few come with each drawing, and the next drawing follows by itself until all
 * are there.
 */
export function useInSteps(wanted: readonly string[]): ReadonlySet<string> {
  const [drawn, setDrawn] = useState<ReadonlySet<string> | null>(null)
  const now = drawn === null ? NONE : stepOf(wanted, drawn)
  useEffect(() => {
    if (drawn === null) return startTransition(() => setDrawn(NONE))
    if ([...now].every((key) => drawn.has(key))) return
    // Not two steps in one frame, or what they add is laid out and painted as one.
    const frame = requestAnimationFrame(() => startTransition(() => setDrawn(now)))
    return () => cancelAnimationFrame(frame)
  }, [now, drawn])
  return now
}

/** Those of the wanted that are drawn, and the first few that are not. */
export function stepOf(wanted: readonly string[], drawn: ReadonlySet<string>, step = STEP): ReadonlySet<string> {
  let left = step
  return new Set([...new Set(wanted)].filter((key) => drawn.has(key) || left-- > 0))
}
