import { t } from '@lingui/core/macro'
import { memo, type ReactElement } from 'react'
import { showFileName } from '../../../../contract/shapes/file-name.ts'
import { FileName } from '../../../components/FileName.tsx'
import {
  formatBrief,
  formatBytes,
  formatCount,
  formatDay,
  formatMonthDay,
  formatZoned,
} from '../../../components/format.ts'
import { MarkedName } from './MarkedName.tsx'
import classes from './Results.module.css'
import { RowActions } from './RowActions.tsx'
import type { PathCells } from './result-cells.ts'
import { Chevron, frameOf, indent, type RowFrame } from './row-frame.tsx'

export interface PathRowProps extends RowFrame, PathCells {
  /** There are versions to open. */
  readonly canOpen: boolean
  /** What was looked for, to be set off in the name; empty for nothing. */
  readonly mark: string
  readonly matchCase: boolean
}

/** One path: what its newest version is, and how many there are. */
export const PathRow = memo(function PathRow(row: PathRowProps): ReactElement {
  const modified = new Date(row.modified)
  const { canOpen, isOpen, lastSeen } = row
  return (
    <div {...frameOf(row)} className={classes['row']} aria-expanded={canOpen ? isOpen : undefined}>
      <div role="gridcell" className={classes['name']} style={{ paddingLeft: indent(row.level) }}>
        <Chevron isOpen={canOpen ? isOpen : null} />
        <span
          className={classes['text']}
          data-directory={row.type === 'dir' || undefined}
          title={showFileName(row.name)}
        >
          <MarkedName name={row.name} mark={row.mark} matchCase={row.matchCase} />
          {row.linkTarget !== null && (
            <span className={classes['link']}>
              {' → '}
              <FileName name={row.linkTarget} plain />
            </span>
          )}
        </span>
        {lastSeen !== null && (
          <span
            className={classes['lastSeen']}
            title={t`Newer snapshots of this machine do not have it; its versions say why.`}
          >
            {lastSeenWords(new Date(lastSeen), new Date(row.today))}
          </span>
        )}
      </div>
      <div role="gridcell" className={classes['folder']} title={showFileName(row.folder)}>
        <FileName name={row.folder} />
      </div>
      <div role="gridcell" className={classes['size']}>
        {row.type === 'file' ? formatBytes(row.size) : ''}
      </div>
      <div role="gridcell" className={classes['modified']} title={formatZoned(modified)}>
        {formatBrief(modified, new Date(row.today))}
      </div>
      {canOpen && (
        <>
          <div role="gridcell" className={classes['versions']}>
            {formatCount(row.versions)}
          </div>
          <div role="gridcell" className={classes['snapshots']}>
            {formatCount(row.snapshots)}
          </div>
        </>
      )}
      {(row.isActive || row.isHovered) && <RowActions isFile={row.type === 'file'} hasVersions />}
    </div>
  )
})

/** `last seen 18 Nov`; the year too where it is another. */
function lastSeenWords(time: Date, today: Date): string {
  const day = time.getFullYear() === today.getFullYear() ? formatMonthDay(time) : formatDay(time)
  return t`last seen ${day}`
}
