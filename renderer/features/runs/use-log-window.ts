import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useRef, useState } from 'react'

/** Pixels from the end within which one counts as reading the end. */
const AT_END = 24

export interface LogWindow {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly virtual: Virtualizer<HTMLDivElement, Element>
  /** The end is kept in sight. */
  readonly following: boolean
  toggle(): void
  /** Leave the end and go to a line. */
  show(line: number): void
  /** Whoever scrolled may have left the end, or come back to it. */
  look(): void
}

/** The lines of a log that are in sight, following its end until one scrolls up. */
export function useLogWindow(count: number): LogWindow {
  const scroller = useRef<HTMLDivElement>(null)
  const [following, setFollowing] = useState(true)
  // oxlint-disable-next-line react/incompatible-library -- it is not memoised by a compiler here
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    overscan: 10,
  })
  const last = count - 1
  useEffect(() => {
    if (following && last >= 0) virtual.scrollToIndex(last, { align: 'end' })
  }, [following, last, virtual])
  return {
    scroller,
    virtual,
    following,
    toggle: () => setFollowing(!following),
    show: (line) => {
      setFollowing(false)
      virtual.scrollToIndex(line, { align: 'start' })
    },
    look: () => {
      const element = scroller.current
      if (element !== null) setFollowing(element.scrollHeight - element.scrollTop - element.clientHeight < AT_END)
    },
  }
}
