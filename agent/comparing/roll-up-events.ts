import { setImmediate } from 'node:timers/promises'
import { toColumns } from '../../contract/shapes/columns.ts'
import type { RollUp, RollUpEvent } from '../../contract/shapes/compare.ts'
import { emptyTally } from '../../engine/compare/roll-up.ts'
import { rollUps } from '../../engine/compare/roll-ups.ts'
import type { TreePair } from '../../engine/compare/tree-pairs.ts'
import type { TreeReader } from '../../engine/repository/tree-reader.ts'

/** Folders of one event at most. */
const BATCH = 1000
/** Milliseconds for which a folder waits for others at most. */
const TOLD_EVERY = 100
/** Milliseconds between two words of how far it has come. */
const LOOKED_EVERY = 250

export interface RollUpOrder {
  readonly reader: TreeReader
  readonly pair: TreePair
  /** Folders that were told before: the order is the same each time. */
  readonly skip: number
  readonly signal: AbortSignal
}

/**
 * A comparison as it goes, told as the contract says. It goes no further than its reader listens. Throws `cancelled`, and
 * as `rollUps` does.
 */
export async function* rollUpEvents(order: RollUpOrder): AsyncGenerator<RollUpEvent, void, void> {
  const stop = new AbortController()
  const signal = AbortSignal.any([order.signal, stop.signal])
  let rows: { readonly path: string; readonly rollUp: RollUp }[] = []
  let [directories, toldAt, lookedAt] = [0, performance.now(), performance.now()]
  let whole: RollUp = emptyTally()
  try {
    for await (const { path, rollUp } of rollUps(order.reader, order.pair, { signal })) {
      directories += 1
      if (path === '') whole = rollUp
      else if (directories > order.skip) rows.push({ path, rollUp })
      const now = performance.now()
      if (rows.length >= BATCH || (rows.length > 0 && now - toldAt >= TOLD_EVERY)) {
        yield folders(rows)
        rows = []
        toldAt = performance.now()
        // Many folders in remembered directories take no turn of the event loop by themselves.
        await setImmediate()
      } else if (now - lookedAt >= LOOKED_EVERY) {
        yield { kind: 'looked', directories, at: path }
        lookedAt = performance.now()
      }
    }
    if (rows.length > 0) yield folders(rows)
    yield { kind: 'ended', directories, rollUp: whole }
  } finally {
    stop.abort()
  }
}

function folders(rows: readonly { readonly path: string; readonly rollUp: RollUp }[]): RollUpEvent {
  return { kind: 'folders', folders: toColumns(rows, ['path', 'rollUp']) }
}
