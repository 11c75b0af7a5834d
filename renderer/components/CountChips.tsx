import { UnstyledButton } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import classes from './CountChips.module.css'
import { formatCount } from './format.ts'

export interface CountChip {
  readonly key: string
  /** What is counted: a word, or a badge. */
  readonly children: ReactNode
  readonly count: number
  /** The list is narrowed to these. */
  readonly isPressed: boolean
  onPress(): void
}

export interface CountChipsProps {
  /** What the chips choose: `Hosts by state`. */
  readonly label: string
  readonly chips: readonly CountChip[]
}

/** How many there are of each kind; pressed, only these are listed. */
export function CountChips({ label, chips }: CountChipsProps): ReactElement {
  return (
    <fieldset className={classes['chips']} aria-label={label}>
      {chips.map(({ key, children, count, isPressed, onPress }) => (
        <UnstyledButton key={key} className={classes['chip'] ?? ''} aria-pressed={isPressed} onClick={onPress}>
          {children} <b>{formatCount(count)}</b>
        </UnstyledButton>
      ))}
    </fieldset>
  )
}
