import { type KeyboardEvent, type MouseEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react'
import type { RowWindow } from '../use-row-window.ts'
import { ROOT } from './tree-columns.ts'
import { act, pressTreeKey } from './tree-keys.ts'
import type { TreeStore } from './tree-store.ts'
import { TypeAhead } from './type-ahead.ts'

export interface TreeInputOptions {
  readonly store: TreeStore
  readonly scroller: RefObject<HTMLElement | null>
  readonly rows: Pick<RowWindow, 'show' | 'page'>
  /** Put the keyboard into the tree when it appears. */
  readonly focusFirst: boolean
  /** Enter was pressed on what cannot be opened, or its name was clicked. */
  readonly onOpenLeaf?: ((node: number) => void) | undefined
}

export interface TreeInput {
  onKeyDown(event: KeyboardEvent): void
  onClick(event: MouseEvent): void
}

/** Keyboard and pointer of the whole tree, handled once; the focus follows the active row. */
export function useTreeInput({ store, scroller, rows, focusFirst, onOpenLeaf }: TreeInputOptions): TreeInput {
  const [typeAhead] = useState(() => new TypeAhead())
  const takesFocus = useRef(focusFirst)
  // Only when the tree was acted on: the focus may be elsewhere on the page, and stays there.
  useLayoutEffect(() => {
    if (store.takeSummons()) {
      takesFocus.current = true
      rows.show(store.activePosition)
    }
    if (!takesFocus.current) return
    takesFocus.current = false
    scroller.current?.querySelector<HTMLElement>(`[data-row="${store.activePosition}"]`)?.focus({ preventScroll: true })
  })
  return {
    onKeyDown(event) {
      const { key, shiftKey, altKey, timeStamp } = event
      const pressed = { key, shiftKey, altKey, timeStamp, modKey: event.ctrlKey || event.metaKey }
      if (key === 'Enter' && isLeaf(store)) onOpenLeaf?.(store.active)
      else if (!pressTreeKey(pressed, { store, typeAhead, page: rows.page })) return
      event.preventDefault()
      event.stopPropagation()
      takesFocus.current = true
      rows.show(store.activePosition)
    },
    onClick(event) {
      if (!(event.target instanceof Element)) return
      const action = event.target.closest<HTMLElement>('[data-act]')?.dataset['act']
      const row = event.target.closest<HTMLElement>('[data-row]')?.dataset['row']
      if (row === undefined) return action === 'check' ? store.toggleAll() : undefined
      takesFocus.current = true
      store.moveTo(Number(row), { extend: event.shiftKey })
      if (action === 'open' && isLeaf(store)) onOpenLeaf?.(store.active)
      else if (action === 'open' || action === 'retry') act(store)
      if (action === 'check') store.toggleActive({ range: event.shiftKey })
    },
  }
}

function isLeaf(store: TreeStore): boolean {
  return store.active > ROOT && !store.columns.isDirectory(store.active)
}
