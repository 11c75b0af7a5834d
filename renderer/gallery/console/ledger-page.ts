import { toColumns } from '../../../contract/shapes/columns.ts'
import type { LedgerAction, LedgerPage } from '../../../contract/shapes/run.ts'
import type { LedgerItem, RecordedRun } from './runs.ts'

const KEYS = ['path', 'type', 'action', 'size', 'reason'] as const
const ORDER: readonly LedgerAction[] = ['failed', 'skipped', 'deleted', 'updated', 'restored', 'unchanged']

export interface LedgerAsked {
  readonly action: LedgerAction | null
  readonly text: string
  readonly offset: number
  readonly limit: number
}

/** One page of a run's ledger, failures first. */
export function ledgerPage({ ledger, many }: RecordedRun, { action, text, offset, limit }: LedgerAsked): LedgerPage {
  const wanted = text.toLowerCase()
  const fits = (item: LedgerItem): boolean =>
    (action === null || item.action === action) && item.path.toLowerCase().includes(wanted)
  const first = ledger.filter(fits).toSorted((a, b) => ORDER.indexOf(a.action) - ORDER.indexOf(b.action))
  if (many === undefined || (action !== null && action !== many.action)) {
    return { offset, total: first.length, items: toColumns(first.slice(offset, offset + limit), KEYS) }
  }
  const rest = wanted === '' ? null : placesThatFit(many, wanted)
  const count = rest?.length ?? many.count
  const page: LedgerItem[] = first.slice(offset, offset + limit)
  for (let at = Math.max(0, offset - first.length); page.length < limit && at < count; at += 1)
    page.push(many.itemAt(rest === null ? at : (rest[at] ?? 0)))
  return { offset, total: first.length + count, items: toColumns(page, KEYS) }
}

function placesThatFit(many: NonNullable<RecordedRun['many']>, wanted: string): number[] {
  const places: number[] = []
  for (let at = 0; at < many.count; at += 1) if (many.itemAt(at).path.toLowerCase().includes(wanted)) places.push(at)
  return places
}
