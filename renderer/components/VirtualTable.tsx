import { useElementSize } from '@mantine/hooks'
import {
  type CSSProperties,
  memo,
  type ReactElement,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useMemo,
  useState,
} from 'react'
import { usePreference } from './preferences.ts'
import {
  type Column,
  growingTracks,
  leastWidth,
  type RowList,
  type Sort,
  shownColumns,
  sortRows,
} from './table-columns.ts'
import { useInSteps } from './use-in-steps.ts'
import { useNear } from './use-near.ts'
import { useRowHeight } from './use-row-height.ts'
import { useRowWindow } from './use-row-window.ts'
import { useScrollBarWidth } from './use-scroll-bar.ts'
import { useTableInput } from './use-table-input.ts'
import classes from './VirtualTable.module.css'
import { TableHeader } from './VirtualTableHeader.tsx'

export interface VirtualTableProps<R> {
  /** What the table lists. */
  readonly label: string
  /** A list that is no array is shown as it comes: it cannot be sorted. */
  readonly rows: readonly R[] | RowList<R>
  readonly columns: readonly Column<R>[]
  rowKey(row: R): string
  /** The row was clicked, or Enter was pressed on it. */
  readonly onOpen?: (row: R) => void
  /** The pointer rests on the row, or the keyboard: it may be opened next. */
  readonly onNear?: (row: R) => void
  /** Told which rows are drawn, from `first` up to, not including, `end`: what is not in memory is to be read. */
  readonly onSight?: (first: number, end: number) => void
  readonly initialSort?: Sort
  /** Rows that stand before the others whichever way these are sorted. Kept by the caller, as `columns` are. */
  readonly staysFirst?: (row: R) => boolean
  /** What a letter does to the row that the keyboard is on. */
  readonly rowKeys?: Readonly<Record<string, (row: R) => void>>
  /** Pixels. */
  readonly rowHeight?: number
  /** Stands where the rows would be when there are none. */
  readonly empty?: ReactNode
}

/** Where the active row waits while it is scrolled out of sight: were it not mounted, the focus would be lost. */
const AWAY = -9999

/** Rows that are seen also where the window is too low for the page: it scrolls then. */
const ROWS_AT_LEAST = 4

/** A table of any number of rows of which only those in sight are in the page; as high as its rows, at most as its place. */
export function VirtualTable<R>(props: VirtualTableProps<R>): ReactElement {
  const { label, columns, rowKey, onOpen, staysFirst, rowHeight: usualHeight = 32 } = props
  const rowHeight = useRowHeight(usualHeight)
  const [sort, setSort] = useState<Sort | null>(props.initialSort ?? null)
  const rows = useMemo(
    () => (isArray(props.rows) ? sortRows(props.rows, { columns, sort, staysFirst }) : props.rows),
    [props.rows, columns, sort, staysFirst],
  )
  const { ref, shown, template, room } = useRoom(columns, Math.min(rows.length, ROWS_AT_LEAST) * rowHeight)
  const { scroller, ...sight } = useRowWindow({ count: rows.length, rowHeight })
  const barWidth = useScrollBarWidth(scroller)
  const { active, ...input } = useTableInput({ rows, scroller, sight, onOpen, rowKeys: props.rowKeys })
  const near = useNearRow(rows, props.onNear)
  useTellSight(sight, rows, props.onSight)
  const isAway = active < sight.first || active >= sight.end
  const drawn = useDrawn({ sight, rows, rowKey, active })
  const positions = [...drawn, ...(isAway && active < rows.length ? [active] : [])]

  return (
    <div
      ref={ref}
      className={classes['table']}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={shown.length}
      data-opens={onOpen !== undefined || undefined}
      data-empty={rows.length === 0 || undefined}
      style={room}
      {...input}
      {...(props.onNear === undefined ? {} : near)}
    >
      <div role="rowgroup" style={{ paddingRight: barWidth }}>
        <TableHeader columns={shown} template={template} sort={sort} onSort={setSort} />
      </div>
      <div ref={scroller} className={classes['scroller']} role="rowgroup" tabIndex={-1}>
        <div role="presentation" style={{ height: sight.barHeight }} />
        {positions.map((position) => {
          const row = rows.at(position)
          if (row === undefined) return null
          const offset = isAway && position === active ? AWAY : sight.offsetOf(position)
          return (
            <div
              key={rowKey(row)}
              className={classes['row']}
              role="row"
              aria-rowindex={position + 2}
              tabIndex={position === active ? 0 : -1}
              data-row={position}
              style={{ gridTemplateColumns: template, height: rowHeight, transform: `translateY(${offset}px)` }}
            >
              <Cells row={row} columns={shown} />
            </div>
          )
        })}
      </div>
      {rows.length === 0 && props.empty !== undefined && <OnlyRow>{props.empty}</OnlyRow>}
    </div>
  )
}

/** The columns for which there is room, as wide as the text wants them, and the room that the table takes at least. */
function useRoom<R>(columns: readonly Column<R>[], leastHeight: number) {
  const { ref, width } = useElementSize()
  const text = usePreference('fontSize') / 100
  const shown = useMemo(() => shownColumns(columns, width / text), [columns, width, text])
  const template = growingTracks(shown.map(({ width }) => width).join(' '))
  const leastPixels = Math.ceil(leastWidth(shown) * text)
  const room = { '--least': `${leastHeight}px`, '--least-width': `${leastPixels}px` } as CSSProperties
  return { ref, shown, template, room }
}

interface Sight {
  readonly first: number
  readonly end: number
}

interface Drawing<R> extends Pick<VirtualTableProps<R>, 'rows' | 'rowKey'> {
  readonly sight: Sight & { readonly top: number }
  readonly active: number
}

/** The positions drawn by now: first that of the keyboard, then from the top, then what lies above it out of sight. */
function useDrawn<R>({ sight: { first, top, end }, rows, rowKey, active }: Drawing<R>): readonly number[] {
  const positions = Array.from({ length: end - first }, (_, step) => first + step)
  const keys = positions.map((position) => keyAt(position, rows, rowKey))
  const own = positions.includes(active) ? [keys[active - first] ?? ''] : []
  const drawn = useInSteps([...own, ...keys.slice(top - first), ...keys.slice(0, top - first).toReversed()])
  return positions.filter((_, step) => drawn.has(keys[step] ?? ''))
}

function keyAt<R>(position: number, rows: readonly R[] | RowList<R>, rowKey: (row: R) => string): string {
  const row = rows.at(position)
  return row === undefined ? String(position) : rowKey(row)
}

function useTellSight(
  { first, end }: Sight,
  rows: unknown,
  onSight: ((first: number, end: number) => void) | undefined,
): void {
  const tell = useEffectEvent(() => onSight?.(first, end))
  useEffect(() => tell(), [first, end, rows])
}

function isArray<R>(rows: readonly R[] | RowList<R>): rows is readonly R[] {
  return Array.isArray(rows)
}

function OnlyRow({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <div role="rowgroup">
      <div role="row">
        <div role="gridcell">{children}</div>
      </div>
    </div>
  )
}

interface CellsProps<R> {
  readonly row: R
  readonly columns: readonly Column<R>[]
}

/** Drawn again only for another row: where one of many changes, the others cost nothing. `memo` forgets the type of the rows. */
const Cells = memo(function Cells<R>({ row, columns }: CellsProps<R>): ReactElement {
  return (
    <>
      {columns.map((column) => (
        <div key={column.id} role="gridcell" data-align={column.align}>
          {column.cell(row)}
        </div>
      ))}
    </>
  )
}) as <R>(props: CellsProps<R>) => ReactElement

function useNearRow<R>(rows: readonly R[] | RowList<R>, onNear: ((row: R) => void) | undefined) {
  return useNear((position) => {
    const row = rows.at(position)
    if (row !== undefined) onNear?.(row)
  })
}
