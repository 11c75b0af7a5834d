import { type PointerEvent, useEffect, useRef } from 'react'
import { at } from './tree-columns.ts'
import type { TreeStore } from './tree-store.ts'

const POINTER_MILLISECONDS = 80
const KEYBOARD_MILLISECONDS = 120

export interface ReadAheadInput {
  onPointerOver(event: PointerEvent): void
  onPointerLeave(): void
}

/** Have the directory read that the pointer rests on, or the keyboard: it is likely to be opened next. */
export function useReadAhead(store: TreeStore): ReadAheadInput {
  const pointed = useRef<{ row: string | undefined; timer: ReturnType<typeof setTimeout> | undefined }>({
    row: undefined,
    timer: undefined,
  })
  const { active } = store
  useEffect(() => {
    const timer = setTimeout(() => store.readAhead(active), KEYBOARD_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [store, active])
  useEffect(() => {
    const { current } = pointed
    return () => clearTimeout(current.timer)
  }, [])
  const point = (row: string | undefined): void => {
    if (row === pointed.current.row) return
    clearTimeout(pointed.current.timer)
    const node = row === undefined ? 0 : at(store.rows, Number(row))
    pointed.current.row = row
    pointed.current.timer = node > 0 ? setTimeout(() => store.readAhead(node), POINTER_MILLISECONDS) : undefined
  }
  return {
    onPointerOver: ({ target }) =>
      point(target instanceof Element ? target.closest<HTMLElement>('[data-row]')?.dataset['row'] : undefined),
    onPointerLeave: () => point(undefined),
  }
}
