import { type StandingState, standingStateSchema } from '../../../contract/control-plane/standing.ts'
import type { PlaneGroup } from '../../../contract/shapes/plane.ts'
import type { Declaration, Replica, ReplicaReport, ReplicaStanding } from '../../../contract/shapes/replica.ts'
import { consumerId } from './consumers.ts'
import { hexId, uuidOf } from './ids.ts'
import { before, type Span } from './moments.ts'
import { CANOPY_PLANE, EMBEDDED_PLANE, groupOf, machineOf, newestOf } from './planes.ts'

export const replicaId = (name: string): string => uuidOf(`replica:${name}`)

const ERROR = [
  'could not locate a valid checkpoint record at 5C/A81B3F28',
  '2026-11-21 11:42:07.118 UTC [71] LOG:  database system was interrupted; last known up at 2026-11-21 02:10:44 UTC',
  '2026-11-21 11:42:07.455 UTC [71] PANIC:  could not locate a valid checkpoint record at 5C/A81B3F28',
  '2026-11-21 11:42:08.002 UTC [1] LOG:  startup process (PID 71) was terminated by signal 6: Aborted',
  'pg_ctl: could not start server; examine the log output',
].join('\n')

interface ReportOptions {
  readonly machine: string
  readonly age: Span
  /** How much the consumer's clock is behind. */
  readonly behind?: Span
  readonly error?: string
}

function report({ machine, age, behind = {}, error }: ReportOptions): ReplicaReport {
  const older = { ...age, minutes: (age.minutes ?? 0) + (behind.minutes ?? 0) }
  return {
    healthy: error === undefined,
    outcome: error === undefined ? 'success' : 'failure',
    error: error ?? null,
    snapshotId: error === undefined ? hexId(`verified:${machine}`) : newestOf(machine),
    observedAt: before(older),
    reportedAt: before(age),
  }
}

const WITHHELD: Partial<Record<StandingState, ReplicaStanding['withheld']>> = {
  disabled: 'disabled',
  gap: 'gap',
  'group-not-ready': 'group-not-ready',
  'machine-gone': 'machine-gone',
}

/** How a machine stands that is in a state: with the reports and times that lead to it. */
export function standingOf(machine: string, state: StandingState): ReplicaStanding {
  const never = state === 'never-reported' || state === 'waiting-for-backup' || state === 'group-not-ready'
  const isCurrent = state === 'healthy'
  const healthyAge: Span = isCurrent
    ? { hours: 1, minutes: 40 }
    : state === 'overdue'
      ? { hours: 27 }
      : state === 'failing'
        ? { hours: 50 }
        : { hours: 5 }
  const healthy = report({ machine, age: healthyAge })
  const lastHealthy = never ? null : isCurrent ? { ...healthy, snapshotId: newestOf(machine) } : healthy
  const lastReport =
    state === 'failing' ? report({ machine, age: { hours: 2 }, behind: { minutes: 9 }, error: ERROR }) : lastHealthy
  const overdue = state === 'overdue' || state === 'failing'
  return {
    machineId: uuidOf(`machine:${machine}`),
    machineName: machine,
    state,
    withheld: WITHHELD[state] ?? null,
    overdue,
    overdueSince: overdue ? before({ hours: 3 }) : null,
    overdueAt: state === 'healthy' || state === 'never-reported' ? before({ hours: -22 }) : null,
    latestSnapshotId: state === 'waiting-for-backup' ? null : newestOf(machine),
    latestSnapshotAt: state === 'waiting-for-backup' ? null : before({ hours: 3 }),
    lastReport,
    lastHealthy,
    inProgress:
      state === 'in-progress'
        ? { since: before({ minutes: 12 }), until: before({ minutes: -48 }), runId: uuidOf(`attempt:${machine}`) }
        : null,
  }
}

interface Made {
  readonly name: string
  readonly group: PlaneGroup
  readonly consumer: string
  readonly states: readonly StandingState[]
  readonly declaration?: Partial<Declaration>
  readonly planeId?: string
}

export function replicaOf({
  name,
  group,
  consumer,
  states,
  declaration = {},
  planeId = EMBEDDED_PLANE,
}: Made): Replica {
  const machine = group.machines.find(({ id }) => id === declaration.machineId)
  const covered = machine === undefined ? group.machines : [machine]
  const order = standingStateSchema.options
  const standings = covered
    .map(({ name: machineName }, at) => standingOf(machineName, states[at] ?? states.at(-1) ?? 'healthy'))
    .toSorted((a, b) => rank(a.state) - rank(b.state) || order.indexOf(a.state) - order.indexOf(b.state))
  return {
    planeId,
    id: replicaId(name),
    declaration: {
      consumerId: consumerId(consumer),
      groupId: group.id,
      machineId: null,
      type: group.types[0] ?? 'files',
      intent: 'verify',
      name,
      overdueAfter: '1d',
      params: {},
      redacts: false,
      publishesSchemas: false,
      migratesOnRequest: false,
      enabled: standings[0]?.state !== 'disabled',
      ...declaration,
    },
    consumerName: consumer.startsWith('pgro') ? null : consumer,
    groupName: group.name,
    machineName: machine?.name ?? null,
    gap: standings[0]?.state === 'gap',
    createdBy: 'maria@ops-laptop',
    createdAt: before({ days: 40 }),
    updatedBy: name === 'north-db-verify' ? 'jon@field-laptop' : null,
    updatedAt: before({ days: name === 'north-db-verify' ? 2 : 40 }),
    state: standings[0]?.state ?? 'healthy',
    standings,
  }
}

/** What is worst, first. */
const WORST: readonly StandingState[] = [
  'failing',
  'overdue',
  'gap',
  'group-not-ready',
  'machine-gone',
  'unknown',
  'never-reported',
  'waiting-for-backup',
  'in-progress',
  'not-reporting',
  'healthy',
  'disabled',
]

export function rank(state: StandingState): number {
  return WORST.indexOf(state)
}

/** A declaration in every state. */
export function replicasOfEachKind(groups: ReadonlyMap<string, readonly PlaneGroup[]>): Replica[] {
  const named = new Map([...groups.values()].flat().map((group) => [group.name, group]))
  const of = (name: string): PlaneGroup => named.get(name) ?? groupOf(name, { machines: [] })
  const machine = (group: string, at: number): Partial<Declaration> => ({
    machineId: of(group).machines[at]?.id ?? null,
  })
  const one = (
    name: string,
    [group, consumer]: readonly [string, string],
    state: StandingState,
    more: Partial<Declaration> = {},
  ) => replicaOf({ name, group: of(group), consumer, states: [state], declaration: more })
  return [
    one('pacs-verify', ['pacs', 'prover-1'], 'failing', { params: { ready_timeout: '2h 30m', memory: '16Gi' } }),
    replicaOf({
      name: 'north-db-verify',
      group: of('north'),
      consumer: 'prover-1',
      states: ['overdue', 'failing', 'in-progress', 'healthy'],
    }),
    one('web-verify', ['web', 'prover-1'], 'overdue', { ...machine('web', 1), intent: 'files' }),
    one('laboratory-analytics', ['laboratory', 'prover-2'], 'gap', {
      intent: 'analytics',
      params: { minimum_ttl: 7200 },
    }),
    one('ward-verify', ['ward', 'prover-1'], 'group-not-ready', { intent: 'files' }),
    one('db-12-verify', ['north', 'prover-2'], 'machine-gone', machine('north', 11)),
    one('db-03-verify', ['north', 'prover-2'], 'unknown', machine('north', 2)),
    one('laboratory-lab-01-verify', ['laboratory', 'prover-2'], 'never-reported', machine('laboratory', 0)),
    one('files-new-verify', ['files', 'prover-1'], 'waiting-for-backup', { ...machine('files', 1), intent: 'files' }),
    one('db-01-analytics', ['north', 'prover-1'], 'in-progress', { ...machine('north', 0), intent: 'analytics' }),
    one('laboratory-verify', ['laboratory', 'prover-2'], 'healthy'),
    one('files-north-verify', ['files', 'prover-1'], 'healthy', { ...machine('files', 0), overdueAfter: null }),
    one('web-copy', ['web', 'prover-1'], 'not-reporting', { intent: 'copy', overdueAfter: null }),
    one('pacs-analytics', ['pacs', 'prover-1'], 'disabled', { intent: 'analytics' }),
    replicaOf({
      name: 'south-verify',
      group: of('south'),
      consumer: 'pgro-south',
      states: ['healthy'],
      planeId: CANOPY_PLANE,
    }),
  ].toSorted((a, b) => rank(a.state) - rank(b.state))
}

/** So many declarations of one machine each, most of them healthy. */
export function manyReplicas(count: number): { readonly groups: PlaneGroup[]; readonly replicas: Replica[] } {
  const states: readonly StandingState[] = ['failing', 'overdue', 'never-reported', 'gap', 'in-progress']
  const groups = Array.from({ length: 100 }, (_, group) =>
    groupOf(`clinic-${String(group + 1).padStart(3, '0')}`, {
      machines: Array.from({ length: 10 }, (_, at) => machineOf(`clinic-${group + 1}-db-${at + 1}`, 'postgres')),
    }),
  )
  const replicas = Array.from({ length: count }, (_, at) => {
    const group = groups[at % groups.length] ?? groupOf('none', { machines: [] })
    const machine = group.machines[Math.floor(at / groups.length) % 10]
    return replicaOf({
      name: `${machine?.name}-verify-${Math.floor(at / 1000) + 1}`,
      group,
      consumer: `prover-${1 + (at % 2)}`,
      states: [at % 23 === 0 ? (states[at % states.length] ?? 'failing') : 'healthy'],
      declaration: { machineId: machine?.id ?? null },
    })
  })
  return { groups, replicas: replicas.toSorted((a, b) => rank(a.state) - rank(b.state)) }
}
