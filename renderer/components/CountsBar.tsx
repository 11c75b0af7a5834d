import { VisuallyHidden } from '@mantine/core'
import type { ReactElement } from 'react'
import classes from './CountsBar.module.css'
import { formatCount } from './format.ts'
import type { StateName } from './StateBadge.tsx'

export interface CountedPart {
  /** What the part is, as one says it after a number: `failed`. */
  readonly word: string
  readonly count: number
  readonly state: StateName
}

export interface CountsBarProps {
  /** In the order in which they stand; what counts most comes last. */
  readonly parts: readonly CountedPart[]
}

/**
 * How many of a whole came to what: a bar, and beside it the number that counts most, which is that of the last part
 * that there is any of. All numbers are read out, and shown where the pointer rests.
 */
export function CountsBar({ parts }: CountsBarProps): ReactElement {
  const present = parts.filter(({ count }) => count > 0)
  const words = present.map(({ word, count }) => `${formatCount(count)} ${word}`).join(', ')
  const last = present.at(-1)
  if (last === undefined) return <span className={classes['none']}>—</span>
  return (
    <span className={classes['counts']} title={words}>
      <span className={classes['bar']} aria-hidden="true">
        {present.map(({ word, count, state }) => (
          <span key={word} data-state={state} style={{ flexGrow: count }} />
        ))}
      </span>
      <span className={classes['number']} data-state={present.length > 1 ? last.state : undefined} aria-hidden="true">
        {present.length > 1 ? `${formatCount(last.count)} ${last.word}` : formatCount(last.count)}
      </span>
      <VisuallyHidden>{words}</VisuallyHidden>
    </span>
  )
}
