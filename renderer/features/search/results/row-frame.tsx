import { IconChevronRight } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import classes from './Results.module.css'

export interface RowFrame {
  readonly position: number
  /** Pixels from the top of the list. */
  readonly offset: number
  readonly level: number
  readonly isActive: boolean
  /** The pointer is on it. */
  readonly isHovered: boolean
  readonly isOpen: boolean
  /** Milliseconds since 1970 of some moment of today: times are shown as they are from there. */
  readonly today: number
}

/** What every row of the list has. */
export function frameOf({ position, offset, level, isActive }: RowFrame) {
  return {
    role: 'row',
    style: { transform: `translateY(${offset}px)` },
    'data-row': position,
    'data-active': isActive || undefined,
    tabIndex: isActive ? 0 : -1,
    'aria-level': level,
    'aria-rowindex': position + 2,
  } as const
}

/** Made once: hundreds of rows come by in a second. */
const CHEVRON = <IconChevronRight size={13} stroke={2} />
const INDENT_PIXELS = 18

/** Opens a row; an empty place where there is nothing to open. */
export function Chevron({ isOpen }: { readonly isOpen: boolean | null }): ReactElement {
  return isOpen === null ? (
    <span className={classes['chevron']} />
  ) : (
    <span className={classes['chevron']} data-act="open" data-open={isOpen || undefined} aria-hidden="true">
      {CHEVRON}
    </span>
  )
}

/** Pixels before a row's name. */
export function indent(level: number): number {
  return (level - 1) * INDENT_PIXELS
}
