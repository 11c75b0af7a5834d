import { t } from '@lingui/core/macro'
import { memo, type ReactElement } from 'react'
import {
  formatBrief,
  formatBytes,
  formatCount,
  formatDay,
  formatMoment,
  formatZoned,
} from '../../../components/format.ts'
import classes from './Results.module.css'
import { RowActions } from './RowActions.tsx'
import type { VersionCells } from './result-cells.ts'
import { Chevron, frameOf, indent, type RowFrame } from './row-frame.tsx'

export type VersionRowProps = RowFrame & VersionCells

/** One version of a path: the newest snapshot that holds it, and since when there are such. */
export const VersionRow = memo(function VersionRow(row: VersionRowProps): ReactElement {
  const modified = new Date(row.modified)
  return (
    <div {...frameOf(row)} className={classes['row']} data-version>
      <div role="gridcell" className={classes['name']} style={{ paddingLeft: indent(row.level) }}>
        <Chevron isOpen={null} />
        <span className={classes['text']}>{formatMoment(new Date(row.newest))}</span>
      </div>
      <div role="gridcell" className={classes['folder']}>
        {row.newest === row.oldest ? t`in this snapshot alone` : t`since ${formatDay(new Date(row.oldest))}`}
      </div>
      <div role="gridcell" className={classes['size']}>
        {row.type === 'file' ? formatBytes(row.size) : ''}
      </div>
      <div role="gridcell" className={classes['modified']} title={formatZoned(modified)}>
        {formatBrief(modified, new Date(row.today))}
      </div>
      <div role="gridcell" className={classes['versions']} aria-label={t`one version`} />
      <div role="gridcell" className={classes['snapshots']}>
        {formatCount(row.snapshots)}
      </div>
      {(row.isActive || row.isHovered) && <RowActions isFile={row.type === 'file'} hasVersions={false} />}
    </div>
  )
})
