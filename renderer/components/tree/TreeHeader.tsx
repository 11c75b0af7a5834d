import type { ReactElement } from 'react'
import { CheckMark } from './CheckMark.tsx'
import classes from './TreeGrid.module.css'
import type { Tri } from './tree-selection.ts'

export interface TreeHeaderProps {
  readonly tri: Tri
  /** Pixels that the rows' scroll bar takes. */
  readonly barWidth: number
}

/** The column headings, with the box that chooses everything. */
export function TreeHeader({ tri, barWidth }: TreeHeaderProps): ReactElement {
  return (
    <div role="rowgroup" style={{ paddingRight: barWidth }}>
      <div role="row" aria-rowindex={1} className={classes['header']}>
        <div role="columnheader" className={classes['name']}>
          <span className={classes['chevron']} />
          <CheckMark tri={tri} label="The whole snapshot" />
          <span className={classes['text']}>Name</span>
        </div>
        <div role="columnheader" className={classes['size']}>
          Size
        </div>
        <div role="columnheader" className={classes['modified']}>
          Modified
        </div>
        <div role="columnheader" className={classes['mode']}>
          Mode
        </div>
      </div>
    </div>
  )
}
