import { Tooltip } from '@mantine/core'
import { type PointerEvent, type ReactElement, type ReactNode, useState } from 'react'
import classes from './PlotFrame.module.css'
import { type PlotScale, shareOf } from './plot-scale.ts'

export interface PlotFrameProps {
  readonly scale: PlotScale
  /** What stands along the bottom, from left to right; some of them are named. */
  readonly names: readonly string[]
  /** Pixels, with the names. */
  readonly height: number
  /** What a mark of the axis says. */
  tick(value: number): string
  /** What is said of a place while the pointer is over it. */
  figures(at: number): ReactNode
  /** What stands at a place, from the bottom. */
  column?(at: number): ReactNode
  /** Is drawn over all places. */
  readonly children?: ReactNode
}

/** Names that there is room for: at most so many, of so many letters together. */
const NAMED = { most: 4, letters: 40 } as const

/** The axes of a plot, in between as many places as there are names. For the eye: the figures stand in a table too. */
export function PlotFrame({ scale, names, height, tick, children, ...places }: PlotFrameProps): ReactElement {
  const named = Math.min(NAMED.most, Math.floor(NAMED.letters / (longestOf(names).length + 1)))
  const every = Math.ceil(names.length / Math.max(1, named))
  return (
    <div className={classes['frame']} style={{ height }}>
      <div className={classes['axis']}>
        <div className={classes['room']}>{longestOf(scale.marks.map(tick))}</div>
        {scale.marks.map((mark) => (
          <span key={mark} style={{ bottom: shareOf(mark, scale) }}>
            {tick(mark)}
          </span>
        ))}
      </div>
      <div className={classes['area']}>
        {scale.marks.map((mark) => (
          <i key={mark} style={{ bottom: shareOf(mark, scale) }} />
        ))}
        <Places names={names} {...places} />
        {children}
      </div>
      <div className={classes['names']}>
        {names.map((name, at) => (
          <span key={`${at} ${name}`}>{at % every === Math.floor(every / 2) && <span>{name}</span>}</span>
        ))}
      </div>
    </div>
  )
}

function longestOf(texts: readonly string[]): string {
  return texts.reduce((longest, text) => (text.length > longest.length ? text : longest), '')
}

function Places({ names, column, figures }: Pick<PlotFrameProps, 'names' | 'column' | 'figures'>): ReactElement {
  const [pointed, setPointed] = useState<HTMLElement | null>(null)
  const at = Number(pointed?.dataset['place'] ?? -1)
  const point = ({ target }: PointerEvent): void =>
    setPointed(target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null)
  return (
    <div
      className={classes['places']}
      role="presentation"
      onPointerOver={point}
      onPointerLeave={() => setPointed(null)}
    >
      {names.map((name, at) => (
        <div key={`${at} ${name}`} data-place={at}>
          {column?.(at)}
        </div>
      ))}
      {/* One for all: one of its own for each place took longer to draw than the plot. */}
      {pointed !== null && at in names && (
        <Tooltip
          opened
          target={pointed}
          label={
            <>
              <strong>{names[at]}</strong>
              {figures(at)}
            </>
          }
        />
      )}
    </div>
  )
}
