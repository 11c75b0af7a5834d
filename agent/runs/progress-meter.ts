import type { RunProgress } from '../../contract/shapes/run.ts'

/** How far a run is, as its own code counts it. */
export type ProgressSample = Pick<RunProgress, 'phase' | 'filesDone' | 'bytesDone' | 'currentItem'> &
  Partial<Pick<RunProgress, 'part'>>

/** What the whole run comes to; null while unknown. */
export interface RunTotals {
  readonly files: number | null
  readonly bytes: number | null
}

/** Milliseconds over which the rate is taken, and the least that give one. */
const WINDOW = 5000
const LEAST = 1000
/** Milliseconds between the points that the rate is taken from. */
const SPACING = 100

interface Point {
  readonly at: number
  readonly bytes: number
}

/** Adds to each sample the rate over the last five seconds and the time left, once for every viewer alike. */
export class ProgressMeter {
  #totals: RunTotals = { files: null, bytes: null }
  #phase: RunProgress['phase'] | undefined
  #points: Point[] = []

  expect(totals: RunTotals): void {
    this.#totals = totals
  }

  /** `at` is in milliseconds on a clock that only goes forward. */
  measure(sample: ProgressSample, at: number): RunProgress {
    if (sample.phase !== this.#phase) this.#points = []
    this.#phase = sample.phase
    const rate = this.#rate({ at, bytes: sample.bytesDone })
    const { files: filesTotal, bytes: bytesTotal } = this.#totals
    const left = bytesTotal === null ? null : Math.max(0, bytesTotal - sample.bytesDone)
    const secondsLeft = left === null || rate === null || rate === 0 ? null : Math.ceil(left / rate)
    return { part: null, ...sample, filesTotal, bytesTotal, rate, secondsLeft }
  }

  #rate(now: Point): number | null {
    const previous = this.#points.at(-1)
    if (previous === undefined || now.at - previous.at >= SPACING) this.#points.push(now)
    while ((this.#points[1]?.at ?? Number.POSITIVE_INFINITY) <= now.at - WINDOW) this.#points.shift()
    const oldest = this.#points[0] ?? now
    const elapsed = now.at - oldest.at
    return elapsed < LEAST ? null : Math.max(0, Math.round(((now.bytes - oldest.bytes) * 1000) / elapsed))
  }
}
