import { setImmediate } from 'node:timers/promises'
import { type RowOf, toColumns } from '../../contract/shapes/columns.ts'
import type { ChangeList, ChangeListEvent } from '../../contract/shapes/compare.ts'
import { modifierOf } from '../../engine/compare/change.ts'
import { type ListedChange, listChanges } from '../../engine/compare/list-changes.ts'
import type { TreePair } from '../../engine/compare/tree-pairs.ts'
import type { TreeReader } from '../../engine/repository/tree-reader.ts'

/** Changes of one event at most. */
const BATCH = 1000
/** Milliseconds for which a change waits for others at most. */
const TOLD_EVERY = 100

export interface ChangesOrder {
  readonly reader: TreeReader
  readonly pair: TreePair
  readonly metadata: boolean
  /** Without regard to case; empty for all. */
  readonly filter: string
  readonly limit: number
  readonly signal: AbortSignal
}

/**
 * The changes of a comparison, told as the contract says. It goes no further than its reader listens. Throws `cancelled`,
 * and as `listChanges` does.
 */
export async function* changeEvents(order: ChangesOrder): AsyncGenerator<ChangeListEvent, void, void> {
  const stop = new AbortController()
  const signal = AbortSignal.any([order.signal, stop.signal])
  const text = order.filter.toLowerCase()
  let rows: RowOf<ChangeList>[] = []
  let [told, toldAt] = [0, performance.now()]
  let complete = true
  try {
    for await (const change of listChanges(order.reader, order.pair, { signal })) {
      const modifier = modifierOf(change.change, order)
      if (modifier === '' || !change.path.toLowerCase().includes(text)) continue
      if (told + rows.length === order.limit) {
        complete = false
        break
      }
      rows.push(rowOf(change, modifier))
      if (rows.length < BATCH && performance.now() - toldAt < TOLD_EVERY) continue
      yield changes(rows)
      told += rows.length
      rows = []
      toldAt = performance.now()
      await setImmediate()
    }
    if (rows.length > 0) yield changes(rows)
    yield { kind: 'ended', complete }
  } finally {
    stop.abort()
  }
}

function rowOf({ path, change, before, after }: ListedChange, modifier: string): RowOf<ChangeList> {
  return {
    path,
    kind: change.kind,
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
