import { type RefObject, useLayoutEffect, useState } from 'react'

/** Where nothing can be measured. */
const USUAL = 100
const FEWEST = 20

/** How many monospaced columns fit beside `taken` others into the place of an element that is one column wide. */
export function useColumns(probe: RefObject<HTMLElement | null>, taken: number): number {
  const [columns, setColumns] = useState(USUAL)
  useLayoutEffect(() => {
    const element = probe.current
    const place = element?.parentElement
    if (element === null || place === null || place === undefined) return
    const measure = (): void => {
      const { width } = element.getBoundingClientRect()
      if (width > 0) setColumns(Math.max(FEWEST, Math.floor((place.clientWidth - BAR_PIXELS) / width) - taken))
    }
    const observer = new ResizeObserver(measure)
    observer.observe(place)
    // It changes when the font has arrived.
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [probe, taken])
  return columns
}

/** The scroll bar, and room at the right edge. */
const BAR_PIXELS = 24
