import type { FurtherRestore } from '../../../contract/shapes/restore.ts'
import type { Run } from '../../../contract/shapes/run.ts'
import type { RunSummary } from '../../../contract/shapes/run-summary.ts'

export type RestoreSubject = Extract<Run['subject'], { kind: 'restore' }>

/** A run that follows from another, and how. */
export interface Follower {
  readonly run: RunSummary
  readonly kind: FurtherRestore['kind']
}

/** The runs that resume, retry or revert this one, oldest first. */
export function followersOf(runId: string, runs: readonly RunSummary[]): readonly Follower[] {
  return runs
    .flatMap((run): Follower[] => {
      const follows = run.subject.kind === 'restore' ? run.subject.follows : null
      return follows?.runId === runId ? [{ run, kind: follows.kind }] : []
    })
    .toSorted((a, b) => a.run.queuedAt.localeCompare(b.run.queuedAt))
}

/** Restores that say how fast a host is: as many of the newest. */
const COUNTED = 5
/** One of fewer bytes says how long restic takes to begin. */
const LEAST_BYTES = 16 * 1024 ** 2

/** Bytes per second that this host's last restores came to, the median; null where none says so. */
export function usualRate(runs: readonly RunSummary[]): number | null {
  const rates = runs
    .flatMap(({ subject, state, bytes: read, startedAt, endedAt }) => {
      const isWhole = state === 'succeeded' || state === 'partial'
      if (subject.kind !== 'restore' || !isWhole || startedAt === null || endedAt === null) return []
      const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000
      const bytes = read ?? 0
      return seconds > 0 && bytes >= LEAST_BYTES ? [{ at: endedAt, rate: bytes / seconds }] : []
    })
    .toSorted((a, b) => b.at.localeCompare(a.at))
    .slice(0, COUNTED)
    .map(({ rate }) => rate)
    .toSorted((a, b) => a - b)
  return rates[Math.floor(rates.length / 2)] ?? null
}
