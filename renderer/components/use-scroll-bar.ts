import { type RefObject, useLayoutEffect, useState } from 'react'

/** The width of an element's vertical scroll bar, in pixels; 0 while it has none or draws it over its content. */
export function useScrollBarWidth(scroller: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    // The room for content changes when the bar comes or goes.
    const observer = new ResizeObserver(() => setWidth(element.offsetWidth - element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller])
  return width
}
