import { setImmediate } from 'node:timers/promises'
import { toColumns } from '../../contract/shapes/columns.ts'
import type { RollUp, RollUpEvent } from '../../contract/shapes/compare.ts'
import { emptyTally } from '../../engine/compare/roll-up.ts'

/** Folders of one event at most. */
const BATCH = 1000
/** Milliseconds for which a folder waits for others at most. */
const TOLD_EVERY = 100
/** Milliseconds between two words of how far it has come. */
const LOOKED_EVERY = 250

interface RolledUp {
  /** From where the comparison began, with a slash first; empty for that folder itself, which comes last. */
  readonly path: string
  readonly rollUp: RollUp
}

export interface RollUpOrder {
  /** The comparison, which the signal stops. */
  readonly folders: (signal: AbortSignal) => AsyncIterable<RolledUp>
  /** Folders that were told before: the order is the same each time. */
  readonly skip: number
  readonly signal: AbortSignal
}

/**
 * A comparison as it goes, told as the contract says. It goes no further than its reader listens. Throws `cancelled`, and
 * what the comparison throws.
 */
export async function* rollUpEvents(order: RollUpOrder): AsyncGenerator<RollUpEvent, void, void> {
  const stop = new AbortController()
  const signal = AbortSignal.any([order.signal, stop.signal])
  let rows: RolledUp[] = []
  let [directories, toldAt, lookedAt] = [0, performance.now(), performance.now()]
  let whole: RollUp = emptyTally()
  try {
    for await (const { path, rollUp } of order.folders(signal)) {
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

function folders(rows: readonly RolledUp[]): RollUpEvent {
  return { kind: 'folders', folders: toColumns(rows, ['path', 'rollUp']) }
}
