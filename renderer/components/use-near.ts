import { type FocusEvent, type PointerEvent, useEffect, useRef } from 'react'

const POINTER_MILLISECONDS = 80
const KEYBOARD_MILLISECONDS = 120

export interface NearInput {
  onPointerOver(event: PointerEvent): void
  onPointerLeave(): void
  onFocus(event: FocusEvent): void
}

/** Tells which row of a list the pointer rests on, or the keyboard: it is likely to be opened next. */
export function useNear(onNear: (position: number) => void): NearInput {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const pointed = useRef<string>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const rest = (row: string | undefined, milliseconds: number): void => {
    clearTimeout(timer.current)
    if (row !== undefined) timer.current = setTimeout(() => onNear(Number(row)), milliseconds)
  }
  return {
    onPointerOver({ target }) {
      const row = rowOf(target)
      if (row === pointed.current) return
      pointed.current = row
      rest(row, POINTER_MILLISECONDS)
    },
    onPointerLeave() {
      pointed.current = undefined
      clearTimeout(timer.current)
    },
    onFocus: ({ target }) => rest(rowOf(target), KEYBOARD_MILLISECONDS),
  }
}

function rowOf(target: EventTarget): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('[data-row]')?.dataset['row'] : undefined
}
