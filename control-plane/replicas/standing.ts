import type { Standing, StandingState } from '../../contract/control-plane/standing.ts'
import type { Declaration } from '../store/declaration-store.ts'
import type { Backup, Machine } from '../store/machine-store.ts'
import type { ReportGist, ReportHead } from '../store/report-rows.ts'
import { expand, type Outcome, withheldAsAWhole } from './expand.ts'
import type { ConsumerFleet } from './fleet.ts'
import { judgeOverdue, type Overdue } from './overdue.ts'
import type { Restore } from './restores.ts'

/** What a consumer's declarations stand by, besides what they are expanded with. */
export interface ToStand extends ConsumerFleet {
  /** Live or archived. */
  machine(id: string): Pick<Machine, 'name'> | undefined
  /** The last restore of a declaration's consumer, group and type that nobody reported. */
  unreported(declaration: Declaration): Restore | undefined
}

/** How each machine of a declaration stands at a moment; one without a machine for a group that has none. */
export function standingsOf(declaration: Declaration, fleet: ToStand, now: Date): Standing[] {
  const outcomes = expand(declaration, fleet)
  if (outcomes.length > 0) return outcomes.map((outcome) => standingOf({ declaration, outcome, fleet, now }))
  return [empty(declaration, fleet)]
}

interface One {
  readonly declaration: Declaration
  readonly outcome: Outcome
  readonly fleet: ToStand
  readonly now: Date
}

function standingOf({ declaration, outcome, fleet, now }: One): Standing {
  const { machineId } = outcome
  const { type, intent, name } = declaration
  const backup = fleet.group(declaration.groupId)?.backup(machineId, type)
  const head = fleet.head({ machineId, type, intent, name })
  const semantics = fleet.intents.get(intent)?.semantics ?? null
  const isLive = declaration.enabled && outcome.withheld !== 'machine-gone'
  const overdue = judgeOverdue({ declaration, semantics: isLive ? semantics : null, backup, head }, now)
  const restore = outcome.entry !== null && isWanting(backup, head) ? fleet.unreported(declaration) : undefined
  const running = restore !== undefined && isRunning(restore, now) ? restore : undefined
  const isUnknown = restore !== undefined && running === undefined && (head?.last.reportedAt ?? '') < restore.since
  const checks = semantics?.includes('check') ?? false
  const signs = { outcome, head, backup, overdue, isRunning: running !== undefined, isUnknown, checks }
  return {
    ...identity(declaration, machineId, fleet),
    state: stateOf(signs),
    withheld: outcome.withheld,
    overdue: overdue.overdue,
    overdue_since: overdue.since,
    overdue_at: overdue.at,
    latest_snapshot_id: backup?.snapshotId ?? null,
    latest_snapshot_at: backup?.reportedAt ?? null,
    last_report: head === undefined ? null : shown(head.last),
    last_healthy: shown(head?.healthy ?? null),
    in_progress: running === undefined ? null : { since: running.since, until: running.until, run_id: running.runId },
  }
}

/** Credentials are a group's and no machine's: those that have nothing new to restore are not what was restored. */
function isWanting(backup: Backup | undefined, head: ReportHead | undefined): boolean {
  return backup !== undefined && head?.healthy?.snapshotId !== backup.snapshotId
}

function isRunning(restore: Restore, now: Date): boolean {
  return now.getTime() <= Date.parse(restore.until)
}

interface Signs {
  readonly outcome: Outcome
  readonly head: ReportHead | undefined
  readonly backup: Backup | undefined
  readonly overdue: Overdue
  readonly isRunning: boolean
  readonly isUnknown: boolean
  readonly checks: boolean
}

/** The first that fits, in the order of `standingStateSchema`. */
function stateOf({ outcome, head, backup, overdue, checks, ...signs }: Signs): StandingState {
  switch (outcome.withheld) {
    case 'disabled':
    case 'gap':
    case 'group-not-ready':
    case 'machine-gone':
      return outcome.withheld
    default:
  }
  if (head?.last.healthy === false) return 'failing'
  // One that was never heard of is told apart, also where its bound has passed.
  if (overdue.overdue && head !== undefined) return 'overdue'
  if (signs.isRunning) return 'in-progress'
  if (signs.isUnknown) return 'unknown'
  if (backup === undefined) return 'waiting-for-backup'
  if (head === undefined) return checks ? 'never-reported' : 'not-reporting'
  return 'healthy'
}

function shown(gist: ReportGist | null): Standing['last_report'] {
  if (gist === null) return null
  const { healthy, outcome, error, snapshotId, observedAt, reportedAt } = gist
  return { healthy, outcome, error, snapshot_id: snapshotId, observed_at: observedAt, reported_at: reportedAt }
}

function identity(declaration: Declaration, machineId: string | null, fleet: ToStand) {
  const name = machineId === null ? null : (fleet.machine(machineId)?.name ?? null)
  const { id, overdueAfter } = declaration
  return { replica_id: id, machine_id: machineId, machine_name: name, bound_seconds: overdueAfter }
}

function empty(declaration: Declaration, fleet: ToStand): Standing {
  const group = fleet.group(declaration.groupId)
  const withheld = withheldAsAWhole(declaration, group, fleet.intents.get(declaration.intent)) ?? 'machine-gone'
  return {
    ...identity(declaration, null, fleet),
    state: withheld,
    withheld,
    overdue: false,
    overdue_since: null,
    overdue_at: null,
    latest_snapshot_id: null,
    latest_snapshot_at: null,
    last_report: null,
    last_healthy: null,
    in_progress: null,
  }
}
