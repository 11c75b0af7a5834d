import type { ReplicaReport, ReplicaStanding } from '../../../contract/shapes/replica.ts'
import { boundOf, machineOf } from './declaration.ts'
import type { ActivityShape, MachineShape, ViewShape } from './shapes.ts'

/** What a plane that does not judge has said of a declaration's group. */
export interface Evidence {
  /** Of the declaration's intent; null where its consumer does not say. */
  readonly semantics: readonly string[] | null
  readonly gap: boolean
  /** Null where the plane does not name them. */
  readonly machines: readonly MachineShape[] | null
  /** Reports and restores of the group; null where the plane does not list them. */
  readonly activity: readonly ActivityShape[] | null
  /** False where older ones than those may have been left out. */
  readonly isWhole: boolean
  /** All declarations of the group. */
  readonly declared: readonly ViewShape[]
  readonly now: Date
}

const BARE = {
  withheld: null,
  overdue: false,
  overdueSince: null,
  overdueAt: null,
  latestSnapshotId: null,
  latestSnapshotAt: null,
  lastReport: null,
  lastHealthy: null,
  inProgress: null,
} as const

/** How each machine of a declaration stands, as far as that follows from what its plane lists. What does not is null, or `unknown`. */
export function deriveStandings(view: ViewShape, evidence: Evidence): ReplicaStanding[] {
  const named = machineOf(view)
  const machines = evidence.machines?.filter(({ archived }) => !archived) ?? null
  if (named === null) {
    const all = machines ?? []
    return (all.length === 0 ? [null] : all).map((machine) =>
      derive(view, { machineId: machine?.id ?? null, machineName: machine?.name ?? null }, evidence),
    )
  }
  const found = evidence.machines?.find(({ id }) => id === named)
  const isGone = machines !== null && !machines.some(({ id }) => id === named)
  const standing = derive(view, { machineId: named, machineName: found?.name ?? null }, evidence)
  if (!isGone || standing.state === 'disabled' || standing.state === 'gap') return [standing]
  return [
    {
      ...standing,
      state: 'machine-gone',
      withheld: 'machine-gone',
      overdue: false,
      overdueSince: null,
      overdueAt: null,
    },
  ]
}

type Machine = Pick<ReplicaStanding, 'machineId' | 'machineName'>

function derive(view: ViewShape, machine: Machine, evidence: Evidence): ReplicaStanding {
  const reports = reportsOf(view, machine, evidence)
  const lastReport = reports[0] ?? null
  const lastHealthy = reports.find(({ healthy }) => healthy) ?? null
  const heard = { ...machine, ...BARE, lastReport, lastHealthy }
  if (!view.enabled) return { ...heard, state: 'disabled', withheld: 'disabled' }
  if (evidence.gap) return { ...heard, state: 'gap', withheld: 'gap' }
  const judged = { ...heard, ...overdueOf(view, { reports, lastHealthy }, evidence) }
  return { ...judged, state: stateOf(view, judged, evidence) }
}

function stateOf(
  view: ViewShape,
  judged: Omit<ReplicaStanding, 'state'>,
  evidence: Evidence,
): ReplicaStanding['state'] {
  const { lastReport, overdue, machineId } = judged
  if (lastReport !== null && !lastReport.healthy) return 'failing'
  if (lastReport !== null && overdue) return 'overdue'
  const going = restoresOf(view, evidence)
  if (going.some(({ status }) => status === 'in_progress')) return 'in-progress'
  if (going.some(({ status }) => status === 'unknown')) return 'unknown'
  if (lastReport !== null) return 'healthy'
  if (!isExpected(evidence)) return 'not-reporting'
  return evidence.isWhole && !isShared(view, machineId, evidence) ? 'never-reported' : 'unknown'
}

/** Reports of one machine of a declaration, newest first by the consumer's clock, as Canopy has it; none where they may be another's. */
function reportsOf(view: ViewShape, { machineId }: Machine, evidence: Evidence): ReplicaReport[] {
  const shared = isShared(view, machineId, evidence)
  return (evidence.activity ?? [])
    .filter((row) => {
      if (row.status !== 'reported') return false
      if (row.replica_id !== null && row.replica_id !== view.id) return false
      if (row.replica_id === null && shared) return false
      const where = row.machine_id ?? row.server_id
      return row.type === view.type && row.intent === view.intent && (machineId === null || where === machineId)
    })
    .flatMap(reportOf)
    .toSorted((a, b) => Date.parse(b.observedAt) - Date.parse(a.observedAt))
}

function reportOf(row: ActivityShape): ReplicaReport[] {
  const observedAt = row.observed_at ?? row.at ?? row.reported_at
  if (observedAt === null) return []
  const outcome = row.outcome === 'success' ? 'success' : 'failure'
  const healthy = outcome === 'success' && row.replica_healthy !== false
  const { error, snapshot_id: snapshotId } = row
  return [{ healthy, outcome, error, snapshotId, observedAt, reportedAt: row.reported_at ?? row.at ?? observedAt }]
}

/** Another declaration has the same type and intent on the same machine: a report that names none may be either's. */
function isShared(view: ViewShape, machineId: string | null, { declared }: Evidence): boolean {
  return declared.some((other) => {
    if (other.id === view.id || other.type !== view.type || other.intent !== view.intent) return false
    const where = machineOf(other)
    return where === null || machineId === null || where === machineId
  })
}

/** Restores that are known by their credentials alone name neither machine nor intent: theirs who alone can have asked. */
function restoresOf(view: ViewShape, { activity, declared, machines }: Evidence): ActivityShape[] {
  const others = declared.filter(({ id, enabled, type }) => id !== view.id && enabled && type === view.type)
  const isAlone = others.length === 0 && (machineOf(view) !== null || machines?.length === 1)
  return (activity ?? []).filter((row) => {
    if (row.status === 'reported') return false
    if (row.replica_id !== null) return row.replica_id === view.id
    return isAlone && row.type === view.type
  })
}

/** The first generation said nothing of what its intents mean, and heard of all of them. */
function isExpected({ semantics }: Evidence): boolean {
  return semantics === null || semantics.includes('check')
}

interface Heard {
  readonly reports: readonly ReplicaReport[]
  readonly lastHealthy: ReplicaReport | null
}

/** By the clock since the last healthy report. With `once` it depends on the latest snapshot, with `migrate` on versions: not said here. */
function overdueOf(
  view: ViewShape,
  { lastHealthy }: Heard,
  evidence: Evidence,
): Pick<ReplicaStanding, 'overdue' | 'overdueSince' | 'overdueAt'> {
  const never = { overdue: false, overdueSince: null, overdueAt: null }
  const bound = boundOf(view)
  const { semantics, activity, isWhole, now } = evidence
  const isTimed =
    isExpected(evidence) && semantics?.includes('once') !== true && semantics?.includes('migrate') !== true
  if (bound === null || !isTimed || activity === null) return never
  if (lastHealthy !== null) {
    const at = new Date(Date.parse(lastHealthy.observedAt) + bound * 1000)
    const isOver = now.getTime() > at.getTime()
    return {
      overdue: isOver,
      overdueSince: isOver ? at.toISOString() : null,
      overdueAt: isOver ? null : at.toISOString(),
    }
  }
  if (isShared(view, machineOf(view), evidence)) return never
  if (isWhole) return { ...never, overdue: true }
  // Nothing healthy in what is listed, which does not go back to the beginning.
  const oldest = Math.min(...activity.flatMap(({ at }) => (at === null ? [] : Date.parse(at))))
  return { ...never, overdue: now.getTime() - oldest > bound * 1000 }
}
