import type { ReactElement } from 'react'
import classes from './RowBars.module.css'

export interface RowBarsProps {
  readonly bars: readonly { readonly name: string; readonly value: number }[]
  format(value: number): string
}

/** A bar in a row of its own for each name, with its figure at the end. */
export function RowBars({ bars, format }: RowBarsProps): ReactElement {
  const most = Math.max(...bars.map(({ value }) => value), 1)
  return (
    <div className={classes['rows']}>
      {bars.map(({ name, value }) => (
        <div key={name}>
          <span>{name}</span>
          <span className={classes['track']}>
            <i style={{ width: `${(value / most) * 100}%` }} />
          </span>
          <span>{format(value)}</span>
        </div>
      ))}
    </div>
  )
}
