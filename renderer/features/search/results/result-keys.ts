import { nextRow } from '../../../components/row-keys.ts'
import type { ResultRow, ResultRows } from './result-rows.ts'

export const ROW_ACTIONS = ['show', 'versions', 'preview', 'basket', 'restore'] as const
export type RowAction = (typeof ROW_ACTIONS)[number]

export interface ResultKeyPlace {
  readonly rows: ResultRows
  /** Rows in sight. */
  readonly page: number
  /** Paths have versions to open. */
  readonly canOpen: boolean
}

/** `moved`: the keyboard is on another row, or rows came or went. `leave`: up from the first. */
export type ResultKeyOutcome = 'moved' | 'leave' | 'escape' | RowAction | null

const ACTION_KEYS: Readonly<Record<string, RowAction | 'escape'>> = {
  Enter: 'show',
  v: 'versions',
  p: 'preview',
  b: 'basket',
  r: 'restore',
  Escape: 'escape',
}

/** Act on a key as the ARIA tree grid pattern has it; null when the key is not one of the list's. */
export function pressResultKey(event: { readonly key: string }, place: ResultKeyPlace): ResultKeyOutcome {
  const { rows, page, canOpen } = place
  const row = rows.at(rows.activePosition)
  if (event.key === 'ArrowUp' && rows.activePosition === 0) return 'leave'
  const next = nextRow(event, { active: rows.activePosition, last: rows.length - 1, page })
  if (next !== null) return moved(() => rows.moveTo(next))
  if (row === undefined) return null
  if (event.key === 'ArrowRight') return moved(() => goIn(rows, row, canOpen))
  if (event.key === 'ArrowLeft') return moved(() => goOut(rows, row))
  if (event.key === 'Enter' && row.kind === 'place') return moved(() => rows.setOpen(row, !rows.isOpen(row)))
  return ACTION_KEYS[event.key] ?? null
}

/** Open or close a row, where there is something in it. */
export function toggle(rows: ResultRows, row: ResultRow, canOpen: boolean): void {
  if (row.kind === 'place' || canOpen) rows.setOpen(row, !rows.isOpen(row))
}

function moved(move: () => void): 'moved' {
  move()
  return 'moved'
}

function goIn(rows: ResultRows, row: ResultRow, canOpen: boolean): void {
  if (rows.isOpen(row)) rows.moveTo(rows.activePosition + 1)
  else toggle(rows, row, canOpen)
}

function goOut(rows: ResultRows, row: ResultRow): void {
  const parent = rows.parentOf(row)
  if (rows.isOpen(row)) rows.setOpen(row, false)
  else if (parent !== null) rows.moveTo(rows.positionOf(parent))
}
