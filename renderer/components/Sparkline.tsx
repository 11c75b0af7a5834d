import type { ReactElement } from 'react'

export interface SparklineProps {
  /** What it shows and between which figures, in words. */
  readonly label: string
  /** Values from old to new; the scale begins at 0. */
  readonly values: readonly number[]
  readonly width?: number
  readonly height?: number
}

/** A line of values as one path: a list of hundreds of them stays cheap. */
export function Sparkline({ label, values, width = 120, height = 28 }: SparklineProps): ReactElement {
  const line = sparklinePath(values, width, height)
  return (
    <svg role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      {line !== '' && <path d={`${line}V${height}H0Z`} fill="var(--accent)" opacity={0.14} />}
      <path d={line} fill="none" stroke="var(--accent)" strokeWidth={1.5} strokeLinejoin="round" />
    </svg>
  )
}

/** The path of the values' line; empty for fewer than two values. */
export function sparklinePath(values: readonly number[], width: number, height: number): string {
  if (values.length < 2) return ''
  const most = Math.max(...values, Number.EPSILON)
  const points = values.map((value, at) => {
    const x = (at / (values.length - 1)) * width
    const y = height - 1 - (Math.max(0, value) / most) * (height - 2)
    return `${round(x)} ${round(y)}`
  })
  return `M${points.join('L')}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
