import type { ReactElement } from 'react'
import { PlotFrame } from './PlotFrame.tsx'
import { type Amount, scaleOf, shareOf } from './plot-scale.ts'

export interface Bar {
  readonly name: string
  /** From below. */
  readonly parts: readonly BarPart[]
}

export interface BarPart {
  readonly key: string
  readonly label: string
  readonly value: number
  /** A colour, or a pattern as `url(#…)`. */
  readonly fill: string
}

export interface BarPlotProps {
  readonly bars: readonly Bar[]
  /** Pixels, with the names of the bars. */
  readonly height: number
  readonly amount: Amount
  format(value: number): string
}

/** A bar for each name, with what it is made of. */
export function BarPlot({ bars, height, amount, format }: BarPlotProps): ReactElement {
  const scale = scaleOf(Math.max(0, ...bars.map(totalOf)), amount)
  return (
    <PlotFrame
      scale={scale}
      names={bars.map(({ name }) => name)}
      height={height}
      tick={format}
      column={(at) => <Stack parts={bars[at]?.parts ?? []} top={scale.top} />}
      figures={(at) =>
        bars[at]?.parts
          .filter(({ value }) => value > 0)
          .toReversed()
          .map(({ key, label, value }) => <div key={key}>{`${label}: ${format(value)}`}</div>)
      }
    />
  )
}

function Stack({ parts, top }: Pick<Bar, 'parts'> & { readonly top: number }): ReactElement {
  const total = totalOf({ parts })
  const above = parts.map((_, at) => totalOf({ parts: parts.slice(at + 1) }))
  return (
    <svg width="100%" height={shareOf(total, { top })} focusable="false">
      {parts.map(
        ({ key, value, fill }, at) =>
          value > 0 && (
            <rect
              key={key}
              width="100%"
              y={`${((above[at] ?? 0) / total) * 100}%`}
              height={`${(value / total) * 100}%`}
              fill={fill}
            />
          ),
      )}
    </svg>
  )
}

function totalOf({ parts }: Pick<Bar, 'parts'>): number {
  return parts.reduce((sum, { value }) => sum + value, 0)
}
