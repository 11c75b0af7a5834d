import type { ReactElement } from 'react'
import classes from './LinePlot.module.css'
import { PlotFrame } from './PlotFrame.tsx'
import { type Amount, scaleOf } from './plot-scale.ts'

export interface Line {
  readonly name: string
  readonly color: string
  /** One for each place of the plot; null where there is none, the line goes on behind it. */
  readonly values: readonly (number | null)[]
}

export interface LinePlotProps {
  /** What stands along the bottom. */
  readonly names: readonly string[]
  readonly lines: readonly Line[]
  /** Pixels, with the names. */
  readonly height: number
  readonly amount: Amount
  format(value: number): string
  /** The same in fewer letters, for the axis. */
  tick(value: number): string
}

/** Lines of more places than these have no dots. */
const DOTTED = 60
/** Pixels of line and gap, so that lines are told apart without their colours. */
const DASHES = ['none', '7 4', '2 4', '9 3 2 3'] as const

/** Lines from left to right, each told apart by its colour and by how it is dashed. */
export function LinePlot({ names, lines, height, amount, format, tick }: LinePlotProps): ReactElement {
  const scale = scaleOf(Math.max(0, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0))), amount)
  const drawn = lines.map(({ name, color, values }, at) => ({
    name,
    color,
    dash: dashOf(at),
    points: values.flatMap((value, place) =>
      value === null ? [] : [`${((place + 0.5) / names.length) * 100} ${100 - (value / scale.top) * 100}`],
    ),
  }))
  return (
    <PlotFrame
      scale={scale}
      names={names}
      height={height}
      tick={tick}
      figures={(at) =>
        lines.map(({ name, values }) => {
          const value = values[at] ?? null
          return value === null ? null : <div key={name}>{`${name}: ${format(value)}`}</div>
        })
      }
    >
      <svg className={classes['lines']} viewBox="0 0 100 100" preserveAspectRatio="none" focusable="false">
        {drawn
          .filter(({ points }) => points.length > 0)
          .map(({ name, color, dash, points }) => (
            <g key={name} stroke={color}>
              <path d={`M${points.join('L')}`} strokeDasharray={dash} />
              {names.length < DOTTED && <path className={classes['dots']} d={`M${points.join('h0M')}h0`} />}
            </g>
          ))}
      </svg>
    </PlotFrame>
  )
}

/** A piece of the line, for a legend; `at` is the line's place among all. */
export function LineSwatch({ at, color }: { readonly at: number; readonly color: string }): ReactElement {
  return (
    <svg className={classes['swatch']} width={22} height={8} aria-hidden="true" focusable="false">
      <path d="M0 4H22" stroke={color} strokeDasharray={dashOf(at)} />
    </svg>
  )
}

function dashOf(at: number): string {
  return DASHES[at % DASHES.length] ?? 'none'
}
