import { t } from '@lingui/core/macro'
import type { ReactElement } from 'react'
import classes from './Results.module.css'

export interface ResultsHeaderProps {
  /** Pixels that the rows' scroll bar takes. */
  readonly barWidth: number
  /** A path may have several versions. */
  readonly hasVersions: boolean
}

/** The column headings. */
export function ResultsHeader({ barWidth, hasVersions }: ResultsHeaderProps): ReactElement {
  return (
    <div role="rowgroup" style={{ paddingRight: barWidth }}>
      <div role="row" aria-rowindex={1} className={classes['header']}>
        <div role="columnheader" className={classes['name']}>
          <span className={classes['chevron']} />
          {t`Name`}
        </div>
        <div role="columnheader" className={classes['folder']}>{t`Folder`}</div>
        <div role="columnheader" className={classes['size']}>{t`Size`}</div>
        <div role="columnheader" className={classes['modified']}>{t`Modified`}</div>
        {hasVersions && (
          <>
            <div role="columnheader" className={classes['versions']}>{t`Versions`}</div>
            <div role="columnheader" className={classes['snapshots']}>{t`Snapshots`}</div>
          </>
        )}
      </div>
    </div>
  )
}
