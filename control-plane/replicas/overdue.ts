import type { Declaration } from '../store/declaration-store.ts'
import type { Backup } from '../store/machine-store.ts'
import { momentOf, type ReportHead } from '../store/report-rows.ts'

/** What a bound is judged by. */
export interface ToJudge {
  readonly declaration: Pick<Declaration, 'overdueAfter' | 'createdAt'>
  /** Of its intent; null while nobody advertises it: then nothing can be said. */
  readonly semantics: readonly string[] | null
  readonly backup: Backup | undefined
  readonly head: ReportHead | undefined
}

export interface Overdue {
  readonly overdue: boolean
  /** When the bound passed; null where it has not. */
  readonly since: string | null
  /** When it will; null where it has, or never does. */
  readonly at: string | null
}

const never: Overdue = { overdue: false, since: null, at: null }

/**
 * Whether a replica is overdue at a moment, as Canopy judges it: with `check` and a bound, and without `migrate`. With `once`, the latest
 * snapshot is unverified for longer than the bound since the plane heard of it; else the last healthy report, by its consumer's clock,
 * is older than the bound, and where there never was one it is overdue at once. Exactly the bound is not over it.
 */
export function judgeOverdue({ declaration, semantics, backup, head }: ToJudge, now: Date): Overdue {
  const bound = declaration.overdueAfter
  if (bound === null || semantics === null) return never
  if (!semantics.includes('check') || semantics.includes('migrate')) return never
  if (semantics.includes('once')) {
    if (backup === undefined || head?.healthy?.snapshotId === backup.snapshotId) return never
    return judgeFrom(backup.reportedAt, bound, now)
  }
  const healthy = head?.healthy ?? null
  if (healthy === null) return { overdue: true, since: declaration.createdAt, at: null }
  return judgeFrom(momentOf(healthy), bound, now)
}

/** The last moment that a date can be: a bound beyond it never passes. */
const LAST = 8_640_000_000_000_000

function judgeFrom(start: string, boundSeconds: number, now: Date): Overdue {
  const passes = Date.parse(start) + boundSeconds * 1000
  if (passes > LAST) return never
  const moment = new Date(passes).toISOString()
  const overdue = now.getTime() > passes
  return overdue ? { overdue, since: moment, at: null } : { overdue, since: null, at: moment }
}
