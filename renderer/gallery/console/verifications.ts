import type { Replica } from '../../../contract/shapes/replica.ts'
import type { Verification } from '../../../contract/shapes/verification.ts'
import { hexId, scramble, uuidOf } from './ids.ts'
import { before } from './moments.ts'

const OLD = 'restic: repository is locked exclusively by PID 4711 on db-01'

/** What was reported of a replica's machines over some weeks, newest first. */
export function verificationsOf(replica: Replica, count = 26): Verification[] {
  const { declaration, standings } = replica
  return standings
    .slice(0, 3)
    .flatMap((standing, place) =>
      Array.from({ length: standing.lastReport === null ? 0 : count }, (_, at): Verification => {
        const seed = scramble(`${replica.id} ${place} ${at}`)
        const current = at === 0 ? standing.lastReport : null
        const failed = current === null ? at % 11 === 7 : !current.healthy
        const unknown = at === 4 && place === 0
        const seconds = 900 + (count - at) * 14 + (seed % 160)
        const reportedAt = current?.reportedAt ?? before({ hours: 26 + at * 24, minutes: seed % 50 })
        const startedAt = new Date(Date.parse(reportedAt) - seconds * 1000).toISOString()
        return {
          planeId: replica.planeId,
          key: `${replica.id} ${place} ${at}`,
          status: unknown ? 'unknown' : failed ? 'failed' : 'healthy',
          at: reportedAt,
          replicaId: replica.id,
          replicaName: declaration.name,
          groupId: declaration.groupId,
          groupName: replica.groupName,
          machineId: standing.machineId,
          machineName: standing.machineName,
          consumerId: declaration.consumerId,
          consumerName: replica.consumerName,
          type: declaration.type,
          intent: declaration.intent,
          snapshotId: unknown ? null : (current?.snapshotId ?? hexId(`past:${replica.id}:${place}:${at}`)),
          error: failed ? (current?.error ?? OLD) : null,
          postgresVersion: unknown ? null : at > 15 ? '17.4' : '17.6',
          observedAt: unknown ? null : (current?.observedAt ?? reportedAt),
          startedAt,
          reportedAt: unknown ? null : reportedAt,
          seconds: unknown ? null : seconds,
          sentBytes: unknown ? null : 181_000 + (seed % 9000),
          receivedBytes: unknown ? null : 9_400_000_000 + (count - at) * 61_000_000 + (seed % 40_000_000),
          ...(failed || unknown ? {} : { health: healthOf(seconds, count - at) }),
          runId: uuidOf(`attempt:${replica.id}:${place}:${at}`),
          run: null,
        }
      }),
    )
    .toSorted((a, b) => b.at.localeCompare(a.at))
}

function healthOf(seconds: number, grown: number) {
  return {
    restore_duration_sec: Math.round(seconds * 0.8),
    sizes: { clinic: 21_000_000_000 + grown * 120_000_000, audit: 3_100_000_000 },
    fixes: { reindex: ['patients_name_idx'], locale: false },
    url: 'postgres://replica.clinics.example:5432/clinic',
  }
}
