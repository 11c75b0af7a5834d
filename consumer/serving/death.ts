import type { DeathRecord } from '../ledger/rows.ts'
import { backoff } from '../loop/backoff.ts'
import type { ServerEnd } from '../prove/postgres/server.ts'

/** Seconds: a server that dies so soon would die again, and is restored anew instead. */
export const SOON = 5
/** Seconds that a server lives until a death of it is the first again. */
const CALM = 3600
const MOST_LINES = 5

/**
 * Seconds that pass after a death until anything more is told of it, and that a server must live to be called healthy again: few after the
 * first death, then those of a failed restore. So one that dies every second is told of once an hour in the end.
 */
export function pauseAfter(count: number): number {
  return count <= 1 ? SOON : backoff(count - 1)
}

export interface Death {
  readonly key: string
  readonly runId: string
  /** How, in full. */
  readonly words: string
  readonly at: Date
}

/** What is remembered once a server has died, or did not come back from it. */
export function afterDeath(before: DeathRecord | undefined, { key, runId, words, at }: Death): DeathRecord {
  return {
    key,
    runId,
    count: before === undefined ? 1 : countAfter(before, at),
    diedAt: at.toISOString(),
    words,
    isNews: true,
    aliveSince: null,
    toldAt: before?.toldAt ?? null,
    isRefused: before?.isRefused ?? false,
  }
}

function countAfter({ count, aliveSince }: DeathRecord, at: Date): number {
  // It was dead already: it is still the same death.
  if (aliveSince === null) return count
  return secondsBetween(aliveSince, at) >= CALM ? 1 : count + 1
}

export interface Now {
  /** Its server runs in this process, and it is what clients come to. */
  readonly isServing: boolean
  /** Restores that failed one after the other since the last success: the last word on it is theirs. */
  readonly failures: number
  readonly at: Date
}

/** What the plane is to be told of a death now; null for nothing. */
export function newsOf(death: DeathRecord, { isServing, failures, at }: Now): 'unhealthy' | 'healthy' | null {
  const { isNews, isRefused, aliveSince, toldAt, count } = death
  if (isRefused) return null
  const hasLived = isServing && aliveSince !== null && secondsBetween(aliveSince, at) >= pauseAfter(count)
  if (toldAt !== null && hasLived && failures === 0) return 'healthy'
  if (!isNews) return null
  return toldAt === null || secondsBetween(toldAt, at) >= pauseAfter(count) ? 'unhealthy' : null
}

/** How a server ended, when, and what is done about it; the first line says it all, the others are its own. */
export function deathWords(end: ServerEnd, at: Date, isRestored: boolean): string {
  const how = end.signal === null ? `ended with ${end.exitCode ?? 'an unknown code'}` : `was ended by ${end.signal}`
  const what = isRestored ? 'too soon after it began: the snapshot is restored anew' : 'and is started again'
  return [
    `The server of this replica ${how} at ${at.toISOString()}, ${what}.`,
    ...end.lastLines.slice(-MOST_LINES),
  ].join('\n')
}

export function notRevivedWords(error: unknown, at: Date): string {
  const why = error instanceof Error ? error.message : String(error)
  return `The server of this replica did not start again at ${at.toISOString()}: the snapshot is restored anew.\n${why}`
}

function secondsBetween(earlier: string, later: Date): number {
  return (later.getTime() - Date.parse(earlier)) / 1000
}
