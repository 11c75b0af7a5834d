import { Skeleton, VisuallyHidden } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import type { ReactElement } from 'react'
import classes from './LoadingRows.module.css'
import { usePreference } from './preferences.ts'
import { type Column, growingTracks, shownColumns } from './table-columns.ts'

type Track = Pick<Column<never>, 'width' | 'hideBelow'>

export interface LoadingRowsProps {
  /** What is being loaded, for those who cannot see it: `Loading snapshots`. */
  readonly label: string
  readonly rows?: number
  /** The columns of the rows to come, or their widths as a grid template. */
  readonly columns: string | readonly Track[]
}

/** A skeleton of the same shape as the rows to come. It appears after a moment, so that what is quick does not flash. */
export function LoadingRows({ label, rows = 8, columns }: LoadingRowsProps): ReactElement {
  const { ref, width: room } = useElementSize()
  const text = usePreference('fontSize') / 100
  const shown = typeof columns === 'string' ? tracksOf(columns) : columns
  const widths = shownColumns(shown, room / text).map(({ width }) => width)
  return (
    <div ref={ref} className={classes['rows']} role="status">
      <VisuallyHidden>{label}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        <div
          key={row}
          className={classes['row']}
          style={{ gridTemplateColumns: growingTracks(widths.join(' ')) }}
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

function tracksOf(template: string): readonly Track[] {
  return template.split(/\s+(?![^(]*\))/).map((width) => ({ width }))
}
