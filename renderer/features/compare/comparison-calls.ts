import type { ConsoleClient } from '../../../contract/console/index.ts'
import { type ChangeListEvent, COMPARE_PAGE_LIMIT, type RollUpEvent } from '../../../contract/shapes/compare.ts'
import type { RepositoryKey } from '../basket/index.ts'
import { type ChangeRow, rowsOf } from './change-rows.ts'
import { NOW, type Sides } from './sides.ts'

/** A folder of a comparison: where it is, and the listings of both its sides; null for a side that names none. */
export interface Level {
  readonly path: string
  readonly before: string | null
  readonly after: string | null
}

export interface WantedChanges {
  readonly metadata: boolean
  readonly filter: string
  readonly limit: number
}

/** What a comparison asks for, whichever its sides are. Each throws what the call of the contract throws. */
export interface ComparisonCalls {
  /** Folders that were heard of are not told again, but of the host now, where they may be others meanwhile. */
  rollUps(heard: number, signal: AbortSignal): Promise<AsyncIterable<RollUpEvent>>
  /** Below a folder, or everything. */
  changes(wanted: WantedChanges, signal: AbortSignal, level?: Level): Promise<AsyncIterable<ChangeListEvent>>
  /** Every row of a folder. */
  level(level: Level, all: boolean): Promise<readonly ChangeRow[]>
}

export function comparisonCalls(client: ConsoleClient, place: RepositoryKey, sides: Sides): ComparisonCalls {
  const { before, after } = sides
  if (after === NOW) {
    const live = (path: string) => ({ ...place, snapshotId: before.id, path: path === '' ? '/' : path })
    return {
      rollUps: (_, signal) => client.compare.liveRollUps(live(''), { signal }),
      changes: (wanted, signal, level) =>
        client.compare.liveChanges({ ...live(level?.path ?? ''), ...wanted }, { signal }),
      level: ({ path }, all) =>
        allRows((offset) => client.compare.liveLevel({ ...live(path), all, offset, limit: COMPARE_PAGE_LIMIT })),
    }
  }
  const whole = { before: before.treeId, after: after.treeId }
  const pairOf = (level: Level | undefined) =>
    level === undefined ? whole : { before: level.before, after: level.after }
  return {
    rollUps: (skip, signal) => client.compare.rollUps({ ...place, ...whole, skip }, { signal }),
    changes: (wanted, signal, level) => client.compare.changes({ ...place, ...pairOf(level), ...wanted }, { signal }),
    level: (level, all) =>
      allRows((offset) => client.compare.level({ ...place, ...pairOf(level), all, offset, limit: COMPARE_PAGE_LIMIT })),
  }
}

type Page = Awaited<ReturnType<ConsoleClient['compare']['level']>>

async function allRows(ask: (offset: number) => Promise<Page>): Promise<readonly ChangeRow[]> {
  const rows: ChangeRow[] = []
  for (let total = 1; rows.length < total; ) {
    const answer = await ask(rows.length)
    if (answer.rows.name.length === 0) break
    total = answer.total
    rows.push(...rowsOf(answer.rows))
  }
  return rows
}
