import { type ReactElement, type ReactNode, useSyncExternalStore } from 'react'
import { useNear } from '../use-near.ts'
import { useNow } from '../use-now.ts'
import { useRowHeight } from '../use-row-height.ts'
import { useRowWindow } from '../use-row-window.ts'
import { useScrollBarWidth } from '../use-scroll-bar.ts'
import { NODE_TYPES } from './listing.ts'
import classes from './TreeGrid.module.css'
import { TreeHeader } from './TreeHeader.tsx'
import { TreeNote } from './TreeNote.tsx'
import { type NodeProps, TreeRow } from './TreeRow.tsx'
import { at } from './tree-columns.ts'
import type { TreeStore } from './tree-store.ts'
import { useTreeInput } from './use-tree-input.ts'

export interface TreeGridProps {
  readonly store: TreeStore
  /** What the tree holds. */
  readonly label: string
  /** One sentence for a directory that could not be read; `quiet` where that is no failure of its own. */
  describe(error: unknown): { readonly text: string; readonly quiet: boolean }
  /** Bytes below a directory, where they were counted. */
  readonly folderBytes?: (treeId: string) => number | undefined
  /** Put the keyboard into the tree when it appears. */
  readonly focusFirst?: boolean
  /** Other columns than a snapshot's. */
  readonly cells?: TreeCells
  /** Rows can be chosen, unless this is false. */
  readonly selectable?: boolean
  /** Enter was pressed on what cannot be opened, or its name was clicked. */
  readonly onOpenLeaf?: (node: number) => void
}

/** What stands beside the names. */
export interface TreeCells {
  /** Sets `--tree-columns`, the widths of the columns as a grid has them, on the tree or on what is directly in it. */
  readonly className: string
  /** The columns after the name; a class may hide both heading and cells where there is little room. */
  readonly columns: readonly { readonly title: string; readonly className?: string | undefined }[]
  /** Stands before the name. */
  mark(node: number): ReactNode
  of(node: number): readonly ReactNode[]
}

const ROW_PIXELS = 30
/** Where the active row waits while it is scrolled out of sight: were it not mounted, the focus would be lost. */
const AWAY = -9999

/** A tree of a million rows of which only those in sight are in the page; a tree grid as ARIA has it, to be used by keyboard. */
export function TreeGrid(props: TreeGridProps): ReactElement {
  const { store, label, describe, folderBytes, focusFirst = false, cells, selectable = true, onOpenLeaf } = props
  useSyncExternalStore(store.subscribe, store.version)
  const { scroller, ...rows } = useRowWindow({
    count: store.rows.length,
    rowHeight: useRowHeight(ROW_PIXELS),
    initialTop: store.scrolled,
    onScroll: store.scrollTo,
  })
  const input = useTreeInput({ store, scroller, rows, focusFirst, onOpenLeaf })
  const near = useNear((position) => store.readAhead(at(store.rows, position)))
  const barWidth = useScrollBarWidth(scroller)
  const today = startOfDay(useNow())
  const active = store.activePosition
  const isAway = active < rows.first || active >= rows.end
  const positions = Array.from({ length: rows.end - rows.first }, (_, step) => rows.first + step)
  if (isAway && active < store.rows.length) positions.push(active)

  return (
    <div
      className={`${classes['grid']} ${cells?.className ?? ''}`}
      data-cells={cells !== undefined || undefined}
      role="treegrid"
      aria-label={label}
      aria-rowcount={store.rows.length + 1}
      aria-colcount={1 + (cells?.columns.length ?? 3)}
      aria-multiselectable={selectable || undefined}
      {...input}
      {...near}
    >
      <TreeHeader tri={selectable ? store.tri(0) : null} barWidth={barWidth} cells={cells} />
      <div ref={scroller} className={classes['scroller']} role="rowgroup" tabIndex={-1}>
        <div role="presentation" style={{ height: rows.barHeight }} />
        {positions.map((position) => {
          const row = at(store.rows, position)
          const offset = isAway && position === active ? AWAY : rows.offsetOf(position)
          const shared = { position, offset, level: store.level(row), isActive: position === active }
          if (row >= 0) {
            const own =
              cells === undefined ? {} : { mark: cells.mark(row), cells: cells.of(row), columns: cells.columns }
            const node = nodeProps(store, row, folderBytes)
            const tri = selectable ? node.tri : null
            return <TreeRow key={row} {...shared} {...node} tri={tri} {...own} today={today} />
          }
          const error = store.errorOf(~row)
          return (
            <TreeNote
              key={row}
              {...shared}
              trouble={error === undefined ? null : describe(error)}
              span={1 + (cells?.columns.length ?? 3)}
            />
          )
        })}
      </div>
    </div>
  )
}

function nodeProps(store: TreeStore, node: number, folderBytes: TreeGridProps['folderBytes']): NodeProps {
  const { columns } = store
  const entry = columns.entry(node)
  const position = entry?.position ?? 0
  const treeId = entry?.listing.treeIds.get(position)
  const type = NODE_TYPES[entry?.listing.types[position] ?? 0] ?? 'irregular'
  const hasSize = type === 'file' || type === 'dir'
  return {
    place: position + 1,
    siblings: at(columns.count, at(columns.parent, node)),
    name: columns.name(node),
    type,
    linkTarget: entry?.listing.linkTargets.get(position),
    size: hasSize ? (store.bytesOf(node) ?? (treeId === undefined ? undefined : folderBytes?.(treeId))) : undefined,
    modified: entry?.listing.modified[position] ?? Number.NaN,
    mode: entry?.listing.modes[position] ?? 0,
    isOpen: store.isOpen(node),
    isLoading: store.isLoading(node),
    tri: store.tri(node),
  }
}

/** A number that changes once a day, so that rows are not drawn again for the clock's sake. */
function startOfDay(now: Date): number {
  return new Date(now).setHours(0, 0, 0, 0)
}
