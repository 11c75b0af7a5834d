import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { geometryOf, rowsInSight, topToShow } from './row-geometry.ts'

const LINE_PIXELS = 30

export interface RowWindowOptions {
  readonly count: number
  /** Pixels. */
  readonly rowHeight: number
  /** Where to begin, in pixels of rows. */
  readonly initialTop?: number
  readonly onScroll?: (top: number) => void
}

export interface RowWindow {
  /** The element that scrolls. */
  readonly scroller: RefObject<HTMLDivElement | null>
  /** Rows to draw: from `first` up to, not including, `end`. */
  readonly first: number
  readonly end: number
  /** The first row that is in sight. */
  readonly top: number
  /** Height of the element that makes the scroll bar, in pixels. */
  readonly barHeight: number
  /** Where a row is to be drawn, in pixels from the top of that element. */
  offsetOf(position: number): number
  /** Scroll as little as needed for a row to be in sight. */
  show(position: number): void
  /** Rows that a page of the keyboard moves by. */
  readonly page: number
}

interface View {
  /** Pixels of rows above the window; not `scrollTop` when the bar is compressed. */
  readonly top: number
  readonly scrollTop: number
  readonly height: number
}

/** A window over rows of one height. One pixel of the wheel is one pixel of rows, also when the bar is compressed. */
export function useRowWindow({ count, rowHeight, initialTop = 0, onScroll }: RowWindowOptions): RowWindow {
  const scroller = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<View>({ top: initialTop, scrollTop: initialTop, height: 600 })
  const shape = { count, rowHeight, height: view.height, deviceRatio: devicePixelRatio }
  const { full, bar, ratio } = geometryOf(shape)
  // What the listeners, which live longer than a drawing, know of the last one.
  const drawn = useRef({ view, full, ratio, onScroll })
  useLayoutEffect(() => {
    drawn.current = { ...drawn.current, full, ratio, onScroll }
  })

  const draw = useCallback((next: View) => {
    drawn.current.view = next
    drawn.current.onScroll?.(next.top)
    setView(next)
  }, [])
  const put = useCallback(
    (wanted: number) => {
      const element = scroller.current
      if (element === null) return
      const top = Math.max(0, Math.min(drawn.current.full - element.clientHeight, wanted))
      element.scrollTo({ top: top / drawn.current.ratio })
      draw({ top, scrollTop: element.scrollTop, height: element.clientHeight })
    },
    [draw],
  )
  useScrollListeners({ scroller, drawn, draw, put })

  const top = Math.max(0, Math.min(view.top, full - view.height))
  return {
    scroller,
    ...rowsInSight(top, shape),
    top: Math.floor(top / rowHeight),
    barHeight: bar,
    offsetOf: (position) => position * rowHeight - view.top + view.scrollTop,
    show(position) {
      const { view: now } = drawn.current
      const wanted = topToShow(position, now.top, { ...shape, height: now.height })
      if (wanted !== now.top) put(wanted)
    },
    page: Math.max(1, Math.floor(view.height / rowHeight) - 1),
  }
}

interface Scrolling {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly drawn: RefObject<{ readonly view: View; readonly ratio: number }>
  draw(view: View): void
  put(top: number): void
}

function useScrollListeners({ scroller, drawn, draw, put }: Scrolling): void {
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    // At the top there is nowhere to scroll to, and the height is told by the observer: to ask for it here would have all that
    // was just drawn laid out at once.
    if (drawn.current.view.top > 0) put(drawn.current.view.top)
    const follow = (): void => {
      const { scrollTop } = element
      if (scrollTop === drawn.current.view.scrollTop) return
      // In the same frame, or an edge of the list would be seen without rows.
      flushSync(() => draw({ top: scrollTop * drawn.current.ratio, scrollTop, height: element.clientHeight }))
    }
    const wheel = (event: WheelEvent): void => {
      if (drawn.current.ratio === 1 || event.ctrlKey) return
      event.preventDefault()
      put(drawn.current.view.top + event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1))
    }
    const resize = new ResizeObserver(() => {
      if (element.clientHeight !== drawn.current.view.height)
        draw({ ...drawn.current.view, height: element.clientHeight })
    })
    element.addEventListener('scroll', follow, { passive: true })
    element.addEventListener('wheel', wheel, { passive: false })
    resize.observe(element)
    return () => {
      element.removeEventListener('scroll', follow)
      element.removeEventListener('wheel', wheel)
      resize.disconnect()
    }
  }, [scroller, drawn, draw, put])
}
