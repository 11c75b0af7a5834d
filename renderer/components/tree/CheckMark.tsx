import type { ReactElement } from 'react'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import classes from './TreeGrid.module.css'
import type { Tri } from './tree-selection.ts'

/** A box with three states, drawn without an input: the row has the focus and acts for it. */
export function CheckMark({ tri, label }: { readonly tri: Tri; readonly label: string }): ReactElement {
  return (
    <span
      role="checkbox"
      aria-checked={tri === 'mixed' ? 'mixed' : tri === 'on'}
      aria-label={showFileName(label)}
      className={classes['box']}
      data-act="check"
      data-tri={tri}
    >
      {tri !== 'off' && (
        <svg viewBox="0 0 12 12" width={12} height={12} aria-hidden="true">
          <path d={tri === 'on' ? 'M2.5 6.2 5 8.6l4.5-5' : 'M3 6h6'} />
        </svg>
      )}
    </span>
  )
}
