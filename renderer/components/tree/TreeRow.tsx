import { IconChevronRight } from '@tabler/icons-react'
import { memo, type ReactElement, type ReactNode } from 'react'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { NodeType } from '../../../contract/shapes/tree.ts'
import { FileName } from '../FileName.tsx'
import { formatBrief, formatBytes, formatZoned } from '../format.ts'
import { formatMode } from '../format-mode.ts'
import { CheckMark } from './CheckMark.tsx'
import classes from './TreeGrid.module.css'
import type { TreeCells } from './TreeGrid.tsx'
import type { Tri } from './tree-selection.ts'

/** What a row shows of its node. */
export interface NodeProps {
  /** The place in its directory, from 1, and how many are there. */
  readonly place: number
  readonly siblings: number
  readonly name: string
  readonly type: NodeType
  readonly linkTarget: string | undefined
  /** Bytes; undefined for what has none, and for a directory that was not counted. */
  readonly size: number | undefined
  /** Milliseconds since 1970. */
  readonly modified: number
  readonly mode: number
  readonly isOpen: boolean
  readonly isLoading: boolean
  readonly tri: Tri
}

export interface TreeRowProps extends Omit<NodeProps, 'tri'> {
  /** Null where rows cannot be chosen. */
  readonly tri: Tri | null
  /** Other columns than a snapshot's, and what stands before the name. */
  readonly cells?: readonly ReactNode[]
  readonly columns?: TreeCells['columns']
  readonly mark?: ReactNode
  /** The row's position among those on the screen. */
  readonly position: number
  /** Pixels from the top of the list. */
  readonly offset: number
  readonly level: number
  readonly isActive: boolean
  /** Milliseconds since 1970 of some moment of today: times are shown as they are from there. */
  readonly today: number
}

/** Made once: hundreds of rows come by in a second. */
const CHEVRON = <IconChevronRight size={13} stroke={2} />
const INDENT_PIXELS = 18
const DEEPEST = 24

/** One node. Clicks and keys are handled once, by the grid. */
export const TreeRow = memo(function TreeRow(row: TreeRowProps): ReactElement {
  const isDirectory = row.type === 'dir'
  return (
    <div
      role="row"
      className={classes['row']}
      style={{ transform: `translateY(${row.offset}px)` }}
      data-row={row.position}
      data-active={row.isActive || undefined}
      tabIndex={row.isActive ? 0 : -1}
      aria-level={row.level}
      aria-posinset={row.place}
      aria-setsize={row.siblings}
      aria-rowindex={row.position + 2}
      aria-expanded={isDirectory ? row.isOpen : undefined}
      aria-busy={row.isLoading || undefined}
      aria-selected={row.tri === null ? undefined : row.tri === 'on'}
    >
      <div role="gridcell" className={classes['name']} style={{ paddingLeft: indent(row.level) }}>
        <span className={classes['chevron']} data-act="open" data-open={row.isOpen || undefined} aria-hidden="true">
          {row.isLoading ? <span className={classes['spinner']} /> : isDirectory && CHEVRON}
        </span>
        {row.tri !== null && <CheckMark tri={row.tri} label={row.name} />}
        {row.mark}
        <span
          className={classes['text']}
          title={showFileName(row.name)}
          data-act={isDirectory || row.cells !== undefined ? 'open' : undefined}
          data-directory={isDirectory || undefined}
        >
          {/* The box before it says the name already. */}
          <span aria-hidden={row.tri !== null || undefined}>
            <FileName name={row.name} plain />
          </span>
          {row.linkTarget !== undefined && (
            <span className={classes['link']}>
              {' → '}
              <FileName name={row.linkTarget} plain />
            </span>
          )}
        </span>
      </div>
      {row.cells === undefined ? (
        <SnapshotCells {...row} />
      ) : (
        row.cells.map((cell, at) => (
          <div key={row.columns?.[at]?.title ?? at} role="gridcell" className={row.columns?.[at]?.className}>
            {cell}
          </div>
        ))
      )}
    </div>
  )
})

function SnapshotCells(row: TreeRowProps): ReactElement {
  const modified = new Date(row.modified)
  return (
    <>
      <div role="gridcell" className={classes['size']}>
        {row.size === undefined ? '' : formatBytes(row.size)}
      </div>
      <div role="gridcell" className={classes['modified']} title={formatZoned(modified)}>
        {formatBrief(modified, new Date(row.today))}
      </div>
      <div role="gridcell" className={classes['mode']}>
        {formatMode(row.type, row.mode)}
      </div>
    </>
  )
}

/** Pixels before a row's name; very deep rows stay within sight. */
export function indent(level: number): number {
  return Math.min(level - 1, DEEPEST) * INDENT_PIXELS
}
