import { t } from '@lingui/core/macro'
import { Button } from '@mantine/core'
import type { ReactElement } from 'react'
import classes from './TreeGrid.module.css'
import { indent } from './TreeRow.tsx'

export interface TreeNoteProps {
  readonly position: number
  readonly offset: number
  readonly level: number
  readonly isActive: boolean
  /** Columns of the tree. */
  readonly span: number
  /** Why the directory could not be read; null when it is empty. `quiet` where that is no failure of its own. */
  readonly trouble: { readonly text: string; readonly quiet: boolean } | null
}

/** The row in a directory that has none of its own: it is empty, or could not be read. */
export function TreeNote({ position, offset, level, isActive, span, trouble }: TreeNoteProps): ReactElement {
  return (
    <div
      role="row"
      className={classes['row']}
      style={{ transform: `translateY(${offset}px)` }}
      data-row={position}
      data-active={isActive || undefined}
      tabIndex={isActive ? 0 : -1}
      aria-level={level}
      aria-rowindex={position + 2}
    >
      <div
        role="gridcell"
        aria-colspan={span}
        className={classes['note']}
        style={{ paddingLeft: indent(level) + 24 }}
        data-failed={trouble?.quiet === false || undefined}
      >
        <span className={classes['text']}>{trouble?.text ?? t`empty`}</span>
        {trouble !== null && (
          <Button variant="default" size="compact-xs" tabIndex={-1} data-act="retry">{t`Try again`}</Button>
        )}
      </div>
    </div>
  )
}
