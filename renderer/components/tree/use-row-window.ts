import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'

/**
 * Chromium lays out in 1/64 pixels of 32 bits: nothing can be higher than 2^25 device pixels. A list that would be has a
 * compressed scroll bar.
 */
const HIGHEST = 30_000_000
const OVERSCAN = 10
const LINE_PIXELS = 28

export interface RowWindowOptions {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly count: number
  /** Pixels. */
  readonly rowHeight: number
  /** Where to begin, in pixels of rows. */
  readonly initialTop: number
  onScroll(top: number): void
}

export interface RowWindow {
  /** Rows to draw: from `first` up to, not including, `end`. */
  readonly first: number
  readonly end: number
  /** Height of the element that makes the scroll bar, in pixels. */
  readonly barHeight: number
  /** Where a row is to be drawn, in pixels from the top of that element. */
  offsetOf(position: number): number
  /** Scroll as little as needed for a row to be in sight. */
  show(position: number): void
  /** Whole rows in sight. */
  readonly page: number
}

interface View {
  /** Pixels of rows above the window; not `scrollTop` when the bar is compressed. */
  readonly top: number
  readonly scrollTop: number
  readonly height: number
}

/** A window over rows of one height. One pixel of the wheel is one pixel of rows, also when the bar is compressed. */
export function useRowWindow({ scroller, count, rowHeight, initialTop, onScroll }: RowWindowOptions): RowWindow {
  const [view, setView] = useState<View>({ top: initialTop, scrollTop: initialTop, height: 600 })
  const full = count * rowHeight
  const barHeight = Math.min(full, Math.floor(HIGHEST / devicePixelRatio))
  const ratio = barHeight > view.height ? (full - view.height) / (barHeight - view.height) : 1
  const now = useRef({ view, full, ratio, onScroll })
  now.current = { ...now.current, full, ratio, onScroll }

  const draw = useCallback((next: View) => {
    now.current.view = next
    now.current.onScroll(next.top)
    setView(next)
  }, [])

  const put = useCallback(
    (wanted: number) => {
      const element = scroller.current
      if (element === null) return
      const top = Math.max(0, Math.min(now.current.full - element.clientHeight, wanted))
      element.scrollTop = top / now.current.ratio
      draw({ top, scrollTop: element.scrollTop, height: element.clientHeight })
    },
    [scroller, draw],
  )

  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    put(now.current.view.top)
    const follow = (): void => {
      const { scrollTop } = element
      if (scrollTop === now.current.view.scrollTop) return
      // In the same frame, or an edge of the list would be seen without rows.
      flushSync(() => draw({ top: scrollTop * now.current.ratio, scrollTop, height: element.clientHeight }))
    }
    const wheel = (event: WheelEvent): void => {
      if (now.current.ratio === 1 || event.ctrlKey) return
      event.preventDefault()
      put(now.current.view.top + event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1))
    }
    const resize = new ResizeObserver(() => {
      if (element.clientHeight !== now.current.view.height) draw({ ...now.current.view, height: element.clientHeight })
    })
    element.addEventListener('scroll', follow, { passive: true })
    element.addEventListener('wheel', wheel, { passive: false })
    resize.observe(element)
    return () => {
      element.removeEventListener('scroll', follow)
      element.removeEventListener('wheel', wheel)
      resize.disconnect()
    }
  }, [scroller, put, draw])

  const top = Math.max(0, Math.min(view.top, full - view.height))
  return {
    first: Math.max(0, Math.floor(top / rowHeight) - OVERSCAN),
    end: Math.min(count, Math.ceil((top + view.height) / rowHeight) + OVERSCAN),
    barHeight,
    offsetOf: (position) => position * rowHeight - view.top + view.scrollTop,
    show(position) {
      const { top: above, height } = now.current.view
      if (position * rowHeight < above) put(position * rowHeight)
      else if ((position + 1) * rowHeight > above + height) put((position + 1) * rowHeight - height)
    },
    page: Math.max(1, Math.floor(view.height / rowHeight) - 1),
  }
}
