import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type RefObject,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { RowWindow } from '../../../components/use-row-window.ts'
import type { SearchRun } from '../search-run.ts'
import { pressResultKey, ROW_ACTIONS, type RowAction, toggle } from './result-keys.ts'
import { subjectOf } from './result-subject.ts'
import type { ResultActions } from './use-result-actions.ts'

export interface ResultsInputOptions {
  readonly run: SearchRun
  readonly scroller: RefObject<HTMLElement | null>
  readonly sight: Pick<RowWindow, 'show' | 'page'>
  readonly actions: ResultActions
  /** Paths have versions to open. */
  readonly canOpen: boolean
  /** What is open, or where the keyboard is, has changed. */
  onChange(): void
  onEscape(): void
  /** Up from the first row. */
  onLeave(): void
}

/** Keyboard and pointer of the whole list, handled once; the focus follows the row that the keyboard is on. */
export function useResultsInput(options: ResultsInputOptions) {
  const { run, scroller, sight, canOpen } = options
  const { rows } = run
  const [hovered, setHovered] = useState<number | null>(null)
  const takesFocus = useRef(false)
  useLayoutEffect(() => {
    if (!takesFocus.current) return
    takesFocus.current = false
    scroller.current?.querySelector<HTMLElement>(`[data-row="${rows.activePosition}"]`)?.focus({ preventScroll: true })
  })
  const follow = (): void => {
    takesFocus.current = true
    sight.show(rows.activePosition)
    options.onChange()
  }
  const handlers = {
    onPointerOver: (event: PointerEvent): void => setHovered(positionOf(event.target)),
    onPointerLeave: (): void => setHovered(null),
    onKeyDown(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || !isRow(event.target)) return
      const outcome = pressResultKey(event, { rows, page: sight.page, canOpen })
      if (outcome === null) return
      event.preventDefault()
      if (outcome === 'moved') follow()
      else if (outcome === 'leave') options.onLeave()
      else if (outcome === 'escape') options.onEscape()
      else act(options, outcome)
    },
    onClick(event: MouseEvent): void {
      if (!(event.target instanceof Element)) return
      const position = positionOf(event.target)
      if (position === null) return
      rows.moveTo(position)
      const wanted = event.target.closest<HTMLElement>('[data-act]')?.dataset['act']
      const row = rows.at(rows.activePosition)
      if (wanted === 'open' && row !== undefined) toggle(rows, row, canOpen)
      follow()
      const action = ROW_ACTIONS.find((known) => known === wanted)
      if (action !== undefined) act(options, action)
    },
    onDoubleClick(event: MouseEvent): void {
      if (event.target instanceof Element && event.target.closest('[data-act]') === null) act(options, 'show')
    },
  }
  return { handlers, hovered }
}

/** The row that an element is in. */
function positionOf(target: EventTarget): number | null {
  const position = target instanceof Element ? target.closest<HTMLElement>('[data-row]')?.dataset['row'] : undefined
  return position === undefined ? null : Number(position)
}

function act({ run, actions }: ResultsInputOptions, action: RowAction): void {
  const subject = subjectOf(run.results, run.rows.at(run.rows.activePosition))
  if (subject === null) return
  if (action !== 'preview') return actions[action](subject)
  const { place, path, facts } = subject
  if (facts.type === 'file') actions.preview({ place, path, size: facts.size })
}

function isRow(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.dataset['row'] !== undefined
}
