import { useElementSize, useMergedRef } from '@mantine/hooks'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  useMemo,
  useRef,
  useState,
} from 'react'
import { nextRow } from './row-keys.ts'
import { type Column, type Sort, shownColumns, sortRows } from './table-columns.ts'
import classes from './VirtualTable.module.css'
import { useScrollBarWidth } from './use-scroll-bar.ts'
import { TableHeader } from './VirtualTableHeader.tsx'

export interface VirtualTableProps<R> {
  /** What the table lists. */
  readonly label: string
  readonly rows: readonly R[]
  readonly columns: readonly Column<R>[]
  rowKey(row: R): string
  /** The row was clicked, or Enter was pressed on it. */
  readonly onOpen?: (row: R) => void
  readonly initialSort?: Sort
  /** Pixels. */
  readonly rowHeight?: number
  /** Stands where the rows would be when there are none. */
  readonly empty?: ReactNode
}

const OVERSCAN = 8

/**
 * A table of up to 100,000 rows of which only those in sight are in the page. It is as high as its rows need and at
 * most as high as its place; the row that the keyboard is on stays mounted, so that the focus is never lost.
 */
export function VirtualTable<R>(props: VirtualTableProps<R>): ReactElement {
  const { label, columns, rowKey, onOpen, rowHeight = 32 } = props
  const [sort, setSort] = useState<Sort | null>(props.initialSort ?? null)
  const rows = useMemo(() => sortRows(props.rows, columns, sort), [props.rows, columns, sort])
  const [chosen, setActive] = useState(0)
  const active = Math.max(0, Math.min(chosen, rows.length - 1))
  const size = useElementSize()
  const scroller = useRef<HTMLDivElement>(null)
  const scrollerRef = useMergedRef(scroller, size.ref)
  const barWidth = useScrollBarWidth(scroller)
  const shown = shownColumns(columns, size.width)
  const template = shown.map(({ width }) => width).join(' ')
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range)
      return active >= range.count || indexes.includes(active) ? indexes : [...indexes, active].sort((a, b) => a - b)
    },
  })

  const moveTo = (row: number): void => {
    setActive(row)
    virtual.scrollToIndex(row)
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-row="${row}"]`)?.focus({ preventScroll: true })
    })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset['row'] === undefined) return
    const row = rows[active]
    if (event.key === 'Enter' && onOpen !== undefined && row !== undefined) {
      if (event.ctrlKey || event.metaKey) return
      event.preventDefault()
      return onOpen(row)
    }
    const page = Math.max(1, Math.floor(size.height / rowHeight) - 1)
    const next = nextRow(event, { active, last: rows.length - 1, page })
    if (next === null) return
    event.preventDefault()
    moveTo(next)
  }
  const onClick = (event: MouseEvent): void => {
    if (!(event.target instanceof HTMLElement)) return
    const at = event.target.closest<HTMLElement>('[data-row]')?.dataset['row']
    if (at === undefined) return
    setActive(Number(at))
    const row = rows[Number(at)]
    if (row !== undefined && event.target.closest('a, button, input, label') === null) onOpen?.(row)
  }

  return (
    <div
      className={classes['table']}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={shown.length}
      onKeyDown={onKeyDown}
      onClick={onClick}
      data-opens={onOpen !== undefined || undefined}
    >
      <div role="rowgroup" style={{ paddingRight: barWidth }}>
        <TableHeader columns={shown} template={template} sort={sort} onSort={setSort} />
      </div>
      <div ref={scrollerRef} className={classes['scroller']} role="rowgroup">
        <div role="presentation" style={{ height: virtual.getTotalSize() }} />
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          if (row === undefined) return null
          return (
            <div
              key={rowKey(row)}
              className={classes['row']}
              role="row"
              aria-rowindex={index + 2}
              tabIndex={index === active ? 0 : -1}
              data-row={index}
              style={{ gridTemplateColumns: template, height: rowHeight, transform: `translateY(${start}px)` }}
            >
              {shown.map((column) => (
                <div key={column.id} role="gridcell" data-align={column.align}>
                  {column.cell(row)}
                </div>
              ))}
            </div>
          )
        })}
      </div>
      {rows.length === 0 && props.empty}
    </div>
  )
}
