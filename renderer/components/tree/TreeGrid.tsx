import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  useLayoutEffect,
  useRef,
  useSyncExternalStore,
} from 'react'
import { useScrollBarWidth } from '../use-scroll-bar.ts'
import { NODE_TYPES } from './listing.ts'
import classes from './TreeGrid.module.css'
import { TreeHeader } from './TreeHeader.tsx'
import { TreeNote } from './TreeNote.tsx'
import { TreeRow } from './TreeRow.tsx'
import { at } from './tree-columns.ts'
import { act, pressTreeKey } from './tree-keys.ts'
import type { TreeStore } from './tree-store.ts'
import { TypeAhead } from './type-ahead.ts'
import { useRowWindow } from './use-row-window.ts'

export interface TreeGridProps {
  readonly store: TreeStore
  /** What the tree holds. */
  readonly label: string
  /** One sentence for a directory that could not be read. */
  describe(error: unknown): string
  /** Put the keyboard into the tree when it appears. */
  readonly autoFocus?: boolean
}

const ROW_PIXELS = 30
/** Where the active row waits while it is scrolled out of sight. */
const AWAY = -9999

/** A tree of a million rows of which only those in sight are in the page; a tree grid as ARIA has it, to be used by keyboard. */
export function TreeGrid({ store, label, describe, autoFocus = false }: TreeGridProps): ReactElement {
  const version = useSyncExternalStore(store.subscribe, store.version)
  const scroller = useRef<HTMLDivElement>(null)
  const takesFocus = useRef(autoFocus)
  const typeAhead = useRef(new TypeAhead())
  const rows = useRowWindow({
    scroller,
    count: store.rows.length,
    rowHeight: ROW_PIXELS,
    initialTop: store.scrolled,
    onScroll: (top) => {
      store.scrolled = top
    },
  })
  const barWidth = useScrollBarWidth(scroller)
  const active = store.activePosition

  // `version` stands for the store's state: after each change the focus follows the active row.
  useLayoutEffect(() => {
    if (!takesFocus.current || version < 0) return
    takesFocus.current = false
    scroller.current?.querySelector<HTMLElement>(`[data-row="${active}"]`)?.focus({ preventScroll: true })
  }, [version, active])

  const follow = (): void => {
    takesFocus.current = true
    rows.show(store.activePosition)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const { key, shiftKey, altKey, timeStamp } = event
    const pressed = { key, shiftKey, altKey, timeStamp, modKey: event.ctrlKey || event.metaKey }
    if (!pressTreeKey(pressed, { store, typeAhead: typeAhead.current, page: rows.page })) return
    event.preventDefault()
    event.stopPropagation()
    follow()
  }
  const onClick = (event: MouseEvent): void => {
    if (!(event.target instanceof Element)) return
    const action = event.target.closest<HTMLElement>('[data-act]')?.dataset['act']
    const position = Number(event.target.closest<HTMLElement>('[data-row]')?.dataset['row'] ?? Number.NaN)
    if (Number.isNaN(position)) return action === 'check' ? store.toggleAll() : undefined
    takesFocus.current = true
    store.moveTo(position, { extend: event.shiftKey })
    const row = store.active
    if (action === 'open' || action === 'retry') act(store)
    if (action !== 'check') return
    if (event.shiftKey) store.setRange(store.anchorPosition, position, store.tri(row) !== 'on')
    else store.toggle(row)
  }

  const positions = Array.from({ length: rows.end - rows.first }, (_, step) => rows.first + step)
  const isAway = active < rows.first || active >= rows.end
  if (isAway && active < store.rows.length) positions.push(active)

  return (
    <div
      className={classes['grid']}
      role="treegrid"
      aria-label={label}
      aria-rowcount={store.rows.length + 1}
      aria-colcount={4}
      aria-multiselectable="true"
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <TreeHeader tri={store.tri(0)} barWidth={barWidth} />
      <div ref={scroller} className={classes['scroller']} role="rowgroup" tabIndex={-1}>
        <div role="presentation" style={{ height: rows.barHeight }} />
        {positions.map((position) => {
          const row = at(store.rows, position)
          const offset = position === active && isAway ? AWAY : rows.offsetOf(position)
          const shared = { position, offset, level: store.level(row), isActive: position === active }
          if (row >= 0) return <TreeRow key={row} {...shared} {...nodeProps(store, row)} />
          const error = store.errorOf(~row)
          return <TreeNote key={row} {...shared} failure={error === undefined ? null : describe(error)} />
        })}
      </div>
    </div>
  )
}

function nodeProps(store: TreeStore, node: number) {
  const { columns } = store
  const parent = at(columns.parent, node)
  const entry = columns.entry(node)
  const position = entry?.position ?? 0
  return {
    place: position + 1,
    siblings: at(columns.count, parent),
    name: columns.name(node),
    type: NODE_TYPES[entry?.listing.types[position] ?? 0] ?? 'irregular',
    linkTarget: entry?.listing.linkTargets.get(position),
    size: entry?.listing.sizes[position] ?? 0,
    modified: entry?.listing.modified[position] ?? Number.NaN,
    mode: entry?.listing.modes[position] ?? 0,
    isOpen: store.isOpen(node),
    isLoading: store.isLoading(node),
    tri: store.tri(node),
  }
}
