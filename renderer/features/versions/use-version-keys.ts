import { type KeyboardEvent, type MouseEvent, type RefObject, useLayoutEffect, useRef } from 'react'
import { nextRow } from '../../components/row-keys.ts'

export interface VersionKeys {
  readonly scroller: RefObject<HTMLElement | null>
  readonly active: number
  readonly last: number
  readonly page: number
  move(position: number): void
  readonly act: { show(): unknown; preview(): unknown; add(): unknown; restore(): unknown }
}

/** Keyboard and pointer of the list of versions; the list has the focus as soon as it is there, with `data-autofocus` also from the drawer. */
export function useVersionKeys({ scroller, active, last, page, move, act }: VersionKeys) {
  const takesFocus = useRef(true)
  useLayoutEffect(() => {
    if (!takesFocus.current) return
    takesFocus.current = false
    scroller.current?.querySelector<HTMLElement>(`[data-row="${active}"]`)?.focus({ preventScroll: true })
  })
  const goTo = (position: number): void => {
    takesFocus.current = true
    move(position)
  }
  const actions: Readonly<Record<string, () => unknown>> = {
    Enter: act.show,
    p: act.preview,
    b: act.add,
    r: act.restore,
  }
  return {
    onKeyDown(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const next = nextRow(event, { active, last, page })
      const action = actions[event.key]
      if (next === null && action === undefined) return
      event.preventDefault()
      if (next === null) action?.()
      else goTo(next)
    },
    onClick(event: MouseEvent): void {
      if (!(event.target instanceof Element)) return
      const position = event.target.closest<HTMLElement>('[data-row]')?.dataset['row']
      if (position !== undefined) goTo(Number(position))
    },
    onDoubleClick(): void {
      act.show()
    },
  }
}
