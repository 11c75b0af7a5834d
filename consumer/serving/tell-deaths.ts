import type { VerificationReport } from '../../contract/control-plane/consumer.ts'
import { reportOf } from '../attempt/report.ts'
import type { Clock } from '../clock.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { DeathRecord } from '../ledger/rows.ts'
import { type Places, urlOf } from '../places.ts'
import { newsOf } from './death.ts'

export interface TellingDeaths {
  readonly ledger: Ledger
  readonly places: Places
  readonly clock: Clock
  /** The version of the PostgreSQL that serves of an attempt; undefined where none does. */
  readonly versionOf: (runId: string) => string | null | undefined
}

/** Write down for the plane what became of servers that died, as far as it is due. */
export function tellDeaths(ours: TellingDeaths): void {
  const { ledger, clock, versionOf } = ours
  const active = new Set(ledger.instances().flatMap(({ runId, state }) => (state === 'active' ? [runId] : [])))
  for (const death of ledger.deaths.all()) {
    const isServing = active.has(death.runId) && versionOf(death.runId) !== undefined
    const failures = ledger.replica(death.key)?.failures ?? 0
    const at = clock.now()
    const news = newsOf(death, { isServing, failures, at })
    if (news === null) continue
    const isHealthy = news === 'healthy'
    const report = isHealthy ? healthy(ours, death, at) : unhealthy(ours, death)
    ledger.deaths.tell({ ...death, toldAt: isHealthy ? null : at.toISOString() }, report, at.toISOString())
  }
}

function unhealthy({ ledger }: TellingDeaths, death: DeathRecord): VerificationReport {
  const { runId, words, diedAt, count } = death
  const often = count === 1 ? [] : [`It died ${count} times, one soon after the other.`]
  return reportOf({
    entry: ledger.attempt(runId).entry,
    runId,
    restored: true,
    healthy: false,
    error: [words, ...often].join('\n'),
    observedAt: new Date(diedAt),
    postgresVersion: null,
    received: null,
    details: { server_died_at: diedAt, server_deaths: count },
  })
}

function healthy({ ledger, places, versionOf }: TellingDeaths, death: DeathRecord, at: Date): VerificationReport {
  const { key, runId, diedAt, count, aliveSince } = death
  return reportOf({
    entry: ledger.attempt(runId).entry,
    runId,
    restored: true,
    healthy: true,
    error: null,
    observedAt: at,
    postgresVersion: versionOf(runId) ?? null,
    received: null,
    details: { url: urlOf(places, key), server_died_at: diedAt, server_alive_since: aliveSince, server_deaths: count },
  })
}
