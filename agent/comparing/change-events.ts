import { setImmediate } from 'node:timers/promises'
import { type RowOf, toColumns } from '../../contract/shapes/columns.ts'
import type { ChangeKind, ChangeList, ChangeListEvent } from '../../contract/shapes/compare.ts'
import type { NodeFacts } from '../../contract/shapes/tree.ts'

/** Changes of one event at most. */
const BATCH = 1000
/** Milliseconds for which a change waits for others at most. */
const TOLD_EVERY = 100

/** A change as it is listed; without a modifier it is passed over. */
export interface ListedRow {
  readonly path: string
  readonly kind: ChangeKind
  readonly modifier: string
  readonly before: NodeFacts | null
  readonly after: NodeFacts | null
}

/** A folder that could not be looked into. */
export const UNREAD = 'unread'

export interface ChangesOrder {
  /** The comparison, which the signal stops. */
  readonly changes: (signal: AbortSignal) => AsyncIterable<ListedRow | typeof UNREAD>
  /** Without regard to case; empty for all. */
  readonly filter: string
  readonly limit: number
  readonly signal: AbortSignal
}

/**
 * The changes of a comparison, told as the contract says. It goes no further than its reader listens. Throws `cancelled`,
 * and what the comparison throws.
 */
export async function* changeEvents(order: ChangesOrder): AsyncGenerator<ChangeListEvent, void, void> {
  const stop = new AbortController()
  const signal = AbortSignal.any([order.signal, stop.signal])
  const text = order.filter.toLowerCase()
  let rows: RowOf<ChangeList>[] = []
  let [told, toldAt] = [0, performance.now()]
  let complete = true
  let unread = 0
  try {
    for await (const change of order.changes(signal)) {
      if (change === UNREAD) {
        unread += 1
        continue
      }
      if (change.modifier === '' || !change.path.toLowerCase().includes(text)) continue
      if (told + rows.length === order.limit) {
        complete = false
        break
      }
      rows.push(rowOf(change))
      if (rows.length < BATCH && performance.now() - toldAt < TOLD_EVERY) continue
      yield changes(rows)
      told += rows.length
      rows = []
      toldAt = performance.now()
      await setImmediate()
    }
    if (rows.length > 0) yield changes(rows)
    yield { kind: 'ended', complete, ...(unread > 0 && { unread }) }
  } finally {
    stop.abort()
  }
}

function rowOf({ path, kind, modifier, before, after }: ListedRow): RowOf<ChangeList> {
  return {
    path,
    kind,
    modifier,
    typeBefore: before?.type ?? null,
    typeAfter: after?.type ?? null,
    sizeBefore: before?.size ?? 0,
    sizeAfter: after?.size ?? 0,
  }
}

function changes(rows: readonly RowOf<ChangeList>[]): ChangeListEvent {
  const fields = ['path', 'kind', 'modifier', 'typeBefore', 'typeAfter', 'sizeBefore', 'sizeAfter'] as const
  return { kind: 'changes', changes: toColumns(rows, fields) }
}
