import { t } from '@lingui/core/macro'
import type { ReactElement } from 'react'
import { CheckMark } from './CheckMark.tsx'
import classes from './TreeGrid.module.css'
import type { TreeCells } from './TreeGrid.tsx'
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
          {tri !== null && <CheckMark tri={tri} label={t`The whole snapshot`} />}
          <span className={classes['text']}>{t`Name`}</span>
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
  { title: t`Size`, className: classes['size'] },
  { title: t`Modified`, className: classes['modified'] },
  { title: t`Mode`, className: classes['mode'] },
]
