import type { z } from 'zod'
import type { reportedSchema, Standing } from '../../../contract/control-plane/standing.ts'
import type { ReplicaReport, ReplicaStanding } from '../../../contract/shapes/replica.ts'

/** What our own plane says of how one machine of a declaration stands. */
export function readStanding(standing: Standing): ReplicaStanding {
  const { in_progress: going } = standing
  return {
    machineId: standing.machine_id,
    machineName: standing.machine_name,
    state: standing.state,
    withheld: standing.withheld,
    overdue: standing.overdue,
    overdueSince: standing.overdue_since,
    overdueAt: standing.overdue_at,
    latestSnapshotId: standing.latest_snapshot_id,
    latestSnapshotAt: standing.latest_snapshot_at,
    lastReport: readReport(standing.last_report),
    lastHealthy: readReport(standing.last_healthy),
    inProgress: going === null ? null : { since: going.since, until: going.until, runId: going.run_id },
  }
}

function readReport(report: z.infer<typeof reportedSchema> | null): ReplicaReport | null {
  if (report === null) return null
  const { healthy, outcome, error, snapshot_id: snapshotId, observed_at: observedAt, reported_at: reportedAt } = report
  return { healthy, outcome, error, snapshotId, observedAt, reportedAt }
}
