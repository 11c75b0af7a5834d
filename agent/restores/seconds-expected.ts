import type { RunSummary } from '../../contract/shapes/run-summary.ts'

/** Seconds in which restic opens a repository, whatever it restores. */
const OPENING = 1.5
/** Restores that a rate is taken from, and the least of each that says something of it. */
const LAST = 20
const LEAST = { files: 500, bytes: 16 * 2 ** 20 }

interface Amounts {
  readonly files: number
  readonly bytes: number
}

type TimedRun = Pick<RunSummary, 'subject' | 'state' | 'startedAt' | 'endedAt' | 'files' | 'bytes'>

interface Timed extends Amounts {
  readonly seconds: number
}

/**
 * Seconds that a restore would take at the median rate of this host's last restores that succeeded; many small files take
 * as long as few large ones, so the slower of both counts. Null before the first.
 */
export function secondsExpected(runs: readonly TimedRun[], amounts: Amounts): number | null {
  const timed = runs.flatMap((run) => timedOf(run) ?? [])
  if (timed.length === 0) return null
  const needs = (['files', 'bytes'] as const).map((unit) => {
    const rates = timed.filter((run) => run[unit] >= LEAST[unit]).map((run) => run[unit] / run.seconds)
    return rates.length === 0 ? 0 : amounts[unit] / medianOf(rates.slice(0, LAST))
  })
  return Math.round((OPENING + Math.max(...needs)) * 10) / 10
}

function timedOf({ subject, state, startedAt, endedAt, files, bytes }: TimedRun): Timed | undefined {
  if (subject.kind !== 'restore' || state !== 'succeeded' || bytes === null) return undefined
  if (startedAt === null || endedAt === null) return undefined
  const seconds = Math.max(0.1, (Date.parse(endedAt) - Date.parse(startedAt)) / 1000 - OPENING)
  return { seconds, files, bytes }
}

function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 1
}
