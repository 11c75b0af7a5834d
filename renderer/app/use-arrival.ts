import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

/**
 * Whoever goes to another page is at its heading then: what was pressed is gone, and without a place the keyboard and what is
 * read out would begin at the top of the window again. A page that has a field of its own to begin in keeps it.
 */
export function useArrival(): void {
  const at = useLocation({ select: (location) => location.pathname })
  const last = useRef(at)
  useEffect(() => {
    if (last.current === at) return
    last.current = at
    const frame = requestAnimationFrame(() => {
      const { activeElement: focused } = document
      const heading = document.querySelector<HTMLElement>('main h1')
      if (heading === null || focused?.closest('main, [role="dialog"]') != null) return
      heading.tabIndex = -1
      heading.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [at])
}
