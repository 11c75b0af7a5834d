import type { UsualDuration } from '../../../contract/shapes/run-page.ts'

/** Fewer say nothing of what is usual. */
const LEAST = 3

/** What is usual among some durations; null where there are too few. By the nearest rank: each is one that was measured. */
export function usualOf(seconds: readonly number[]): UsualDuration | null {
  if (seconds.length < LEAST) return null
  const sorted = seconds.toSorted((a, b) => a - b)
  const rank = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0
  return { runs: sorted.length, median: rank(0.5), ninetieth: rank(0.9) }
}
