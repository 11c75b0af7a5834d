import { type KeyboardEvent, type MouseEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { nextRow } from './row-keys.ts'
import type { RowList } from './table-columns.ts'
import type { RowWindow } from './use-row-window.ts'

export interface TableInputOptions<R> {
  readonly rows: readonly R[] | RowList<R>
  readonly scroller: RefObject<HTMLElement | null>
  readonly sight: Pick<RowWindow, 'show' | 'page'>
  readonly onOpen: ((row: R) => void) | undefined
  readonly rowKeys: Readonly<Record<string, (row: R) => void>> | undefined
}

export interface TableInput {
  /** The row that the keyboard is on. */
  readonly active: number
  onKeyDown(event: KeyboardEvent): void
  onClick(event: MouseEvent): void
}

/** Keyboard and pointer of a whole table, handled once. What is pressed within a row (a button, a link) is its own. */
export function useTableInput<R>({ rows, scroller, sight, onOpen, rowKeys }: TableInputOptions<R>): TableInput {
  const [chosen, setActive] = useState(0)
  const active = Math.max(0, Math.min(chosen, rows.length - 1))
  const takesFocus = useRef(false)
  useLayoutEffect(() => {
    if (!takesFocus.current) return
    takesFocus.current = false
    scroller.current?.querySelector<HTMLElement>(`[data-row="${active}"]`)?.focus({ preventScroll: true })
  })
  const open = (position: number): void => {
    const row = rows.at(position)
    if (row !== undefined) onOpen?.(row)
  }
  return {
    active,
    onKeyDown(event) {
      if (!(event.target instanceof HTMLElement) || event.target.dataset['row'] === undefined) return
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey
      if (event.key === 'Enter' && isPlain && onOpen !== undefined) {
        event.preventDefault()
        return open(active)
      }
      const act = isPlain ? rowKeys?.[event.key] : undefined
      const row = rows.at(active)
      if (act !== undefined && row !== undefined) {
        event.preventDefault()
        // The same letter may mean something else to the page while no row has the keyboard.
        event.stopPropagation()
        return act(row)
      }
      const next = nextRow(event, { active, last: rows.length - 1, page: sight.page })
      if (next === null) return
      event.preventDefault()
      takesFocus.current = true
      setActive(next)
      sight.show(next)
    },
    onClick(event) {
      if (!(event.target instanceof HTMLElement)) return
      const position = event.target.closest<HTMLElement>('[data-row]')?.dataset['row']
      if (position === undefined) return
      setActive(Number(position))
      if (event.target.closest('a, button, input, label') === null) open(Number(position))
    },
  }
}
