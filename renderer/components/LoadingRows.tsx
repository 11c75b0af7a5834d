import { Skeleton, VisuallyHidden } from '@mantine/core'
import type { ReactElement } from 'react'
import classes from './LoadingRows.module.css'
import { growingTracks } from './table-columns.ts'

export interface LoadingRowsProps {
  /** What is being loaded, for those who cannot see it: `Loading snapshots`. */
  readonly label: string
  readonly rows?: number
  /** Widths of the columns, as a grid template: the same as those of the rows to come. */
  readonly columns: string
}

/** A skeleton of the same shape as the rows to come. It appears after a moment, so that what is quick does not flash. */
export function LoadingRows({ label, rows = 8, columns }: LoadingRowsProps): ReactElement {
  const widths = columns.split(/\s+(?![^(]*\))/)
  return (
    <div className={classes['rows']} role="status">
      <VisuallyHidden>{label}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        <div
          key={row}
          className={classes['row']}
          style={{ gridTemplateColumns: growingTracks(columns) }}
          aria-hidden="true"
        >
          {widths.map((width, column) => (
            <Skeleton
              key={`${column} ${width}`}
              height={9}
              radius="sm"
              width={`${45 + ((row * 37 + column * 23) % 45)}%`}
            />
          ))}
        </div>
      ))}
    </div>
  )
}
