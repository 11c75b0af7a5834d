/**
 * Chromium lays out in 1/64 pixels of 32 bits: nothing can be higher than 2^25 device pixels. A list that would be has a
 * compressed scroll bar.
 */
const HIGHEST_DEVICE_PIXELS = 30_000_000
const OVERSCAN = 10

export interface Shape {
  readonly count: number
  /** Pixels, as all that follows. */
  readonly rowHeight: number
  /** Of the part in sight. */
  readonly height: number
  /** Device pixels for each pixel. */
  readonly deviceRatio: number
}

export interface Geometry {
  /** Of all rows. */
  readonly full: number
  /** Of the element that makes the scroll bar. */
  readonly bar: number
  /** Pixels of rows for one pixel of the scroll bar; 1 unless it is compressed. */
  readonly ratio: number
}

/** How rows of one height lie behind a scroll bar that may be shorter than they are. */
export function geometryOf({ count, rowHeight, height, deviceRatio }: Shape): Geometry {
  const full = count * rowHeight
  const bar = Math.min(full, Math.floor(HIGHEST_DEVICE_PIXELS / deviceRatio))
  return { full, bar, ratio: bar > height ? (full - height) / (bar - height) : 1 }
}

/** The rows to draw, from `first` up to, not including, `end`: those in sight and a few on either side. */
export function rowsInSight(top: number, { count, rowHeight, height }: Shape): { first: number; end: number } {
  return {
    first: Math.max(0, Math.floor(top / rowHeight) - OVERSCAN),
    end: Math.min(count, Math.ceil((top + height) / rowHeight) + OVERSCAN),
  }
}

/** Where to scroll to, as little as possible, for a row to be in sight. */
export function topToShow(position: number, top: number, { rowHeight, height }: Shape): number {
  return Math.max(Math.min(top, position * rowHeight), (position + 1) * rowHeight - height)
}
