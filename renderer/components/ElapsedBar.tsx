import type { ReactElement } from 'react'
import classes from './ElapsedBar.module.css'

export interface ElapsedBarProps {
  /** Seconds, all three. */
  readonly elapsed: number
  /** What it usually takes, marked on the bar. */
  readonly usual: number
  /** Beyond it the bar is a warning. */
  readonly late: number
  /** All that the bar shows, in words: it is for the eye alone. */
  readonly children: string
}

/** How long something takes beside how long it usually takes, as words and as a bar with the usual marked. */
export function ElapsedBar({ elapsed, usual, late, children }: ElapsedBarProps): ReactElement {
  // The whole of the bar is a third more than what is late, or more where it takes still longer.
  const whole = Math.max(late * 1.33, elapsed * 1.08, 1)
  const place = (seconds: number): string => `${Math.min(100, (seconds / whole) * 100)}%`
  return (
    <div className={classes['elapsed']} data-late={elapsed > late || undefined}>
      <span className={classes['bar']} aria-hidden="true">
        <span className={classes['done']} style={{ width: place(elapsed) }} />
        <span className={classes['mark']} style={{ left: place(usual) }} />
        <span className={classes['mark']} data-late style={{ left: place(late) }} />
      </span>
      <span className={classes['words']}>{children}</span>
    </div>
  )
}
