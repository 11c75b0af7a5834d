import { range, tickStep } from 'd3-array'

/** About how many marks an axis has above its beginning. */
const MARKS = 3
/** What the units are in which an amount is written, the smallest first. */
const UNITS = {
  count: [1],
  bytes: [1, 1024, 1024 ** 2, 1024 ** 3, 1024 ** 4, 1024 ** 5],
  seconds: [1, 60, 3600],
} as const

export type Amount = keyof typeof UNITS

export interface PlotScale {
  /** What the axis ends at; never 0. */
  readonly top: number
  /** Round values from 0 to `top`, both among them. */
  readonly marks: readonly number[]
}

/** An axis for amounts of up to `most`, round in the unit in which they are written: 2 GiB, 10 min. */
export function scaleOf(most: number, amount: Amount): PlotScale {
  const unit = UNITS[amount].findLast((one) => one <= most) ?? 1
  const least = unit === 1 ? 1 : 0
  const step = Math.max(least, tickStep(0, Math.max(1, most / unit), MARKS))
  const steps = Math.max(1, Math.ceil(most / unit / step))
  return { top: steps * step * unit, marks: range(0, steps + 1).map((at) => at * step * unit) }
}

/** How far up a value stands, as CSS writes it. */
export function shareOf(value: number, { top }: Pick<PlotScale, 'top'>): string {
  return `${(value / top) * 100}%`
}
