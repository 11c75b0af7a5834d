import type { ReactElement } from 'react'
import { CheckMark } from './CheckMark.tsx'
import type { TreeCells } from './TreeGrid.tsx'
import classes from './TreeGrid.module.css'
import type { Tri } from './tree-selection.ts'

export interface TreeHeaderProps {
  /** Null where rows cannot be chosen. */
  readonly tri: Tri | null
  /** Pixels that the rows' scroll bar takes. */
  readonly barWidth: number
  /** Other columns than a snapshot's. */
  readonly cells?: TreeCells | undefined
}

/** The column headings, with the box that chooses everything. */
export function TreeHeader({ tri, barWidth, cells }: TreeHeaderProps): ReactElement {
  return (
    <div role="rowgroup" style={{ paddingRight: barWidth }}>
      <div role="row" aria-rowindex={1} className={classes['header']}>
        <div role="columnheader" className={classes['name']}>
          <span className={classes['chevron']} />
          {tri !== null && <CheckMark tri={tri} label="The whole snapshot" />}
          <span className={classes['text']}>Name</span>
        </div>
        {(cells?.columns ?? COLUMNS).map(({ title, className }) => (
          <div key={title} role="columnheader" className={className}>
            {title}
          </div>
        ))}
      </div>
    </div>
  )
}

const COLUMNS: TreeCells['columns'] = [
  { title: 'Size', className: classes['size'] },
  { title: 'Modified', className: classes['modified'] },
  { title: 'Mode', className: classes['mode'] },
]
