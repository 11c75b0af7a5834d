import type { VerificationReport } from '../../contract/control-plane/consumer.ts'
import { PlaneProblem } from '../../contract/control-plane/problem.ts'
import { covers } from '../replicas/access.ts'
import { type Restore, restoreOf } from '../replicas/restores.ts'
import type { Declaration, Device, IssuanceRecord } from '../store/index.ts'
import type { PlaneDeps } from './deps.ts'
import type { FleetReader } from './fleet-reader.ts'

type Deps = Pick<PlaneDeps, 'store' | 'now' | 'newId'> & Pick<FleetReader, 'declarationsOf'>

/** As semver.org has it. */
const VERSION =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z.-]+)?$/
/** Characters that are kept of what a migration failed with. */
const MIGRATION_ERROR = 2000
/** Milliseconds back for which credentials that name no run may be those of a report. */
const LOOK_BACK = 3 * 86_400_000

/**
 * Record what a consumer says of one attempt, or later of what became of its replica. Nothing is stored where it is refused. Throws `PlaneProblem`, in Canopy's order: both or
 * neither name of the machine (`bad-request`), nothing declared of group and type (`auth-insufficient-permissions`), a declaration that is
 * none any more (`resource-not-found`) or another consumer's, a migration or build that names no version, a build that nobody asked for.
 */
export function recordReport(
  { store, now, newId, declarationsOf }: Deps,
  device: Device,
  report: VerificationReport,
): void {
  const machineId = machineOf(report)
  const declarations = declarationsOf(device.id)
  const access = { consumerId: device.id, groupId: report.group, type: report.type }
  if (!covers(declarations, access)) {
    throw new PlaneProblem('auth-insufficient-permissions', `Nothing is declared of ${report.type} of this group.`)
  }
  const declaration = declaredBy(device, store.declarations.get(report.replica_id), report.replica_id)
  requireVersions(report)
  if (report.reporting_schema && !mayPublish(declarations, report)) {
    throw new PlaneProblem('auth-insufficient-permissions', 'No declaration of this group publishes schemas.')
  }
  const at = now()
  const reportedAt = at.toISOString()
  const runId = report.run_id ?? null
  const since = new Date(at.getTime() - LOOK_BACK).toISOString()
  const issuances = store.issuances.ofDevice(device.id, runId, since)
  const restore = restoreOf(
    { deviceId: device.id, groupId: report.group, type: report.type, runId, reportedAt },
    issuances,
  )
  const observedAt = new Date(report.observed_at).toISOString()
  const isLater = restore !== undefined && wasReported(store, restore, observedAt)
  const row = {
    id: newId(),
    deviceId: device.id,
    replicaId: declaration.id,
    replicaName: declaration.name,
    groupId: report.group,
    machineId,
    type: report.type,
    intent: report.intent,
    outcome: report.outcome,
    replicaHealthy: report.replica_healthy,
    observedAt,
    reportedAt,
    snapshotId: report.snapshot_id ?? null,
    error: report.error ?? null,
    runId,
    // What was seen long after a restore does not say how long that took.
    startedAt: isLater ? null : (restore?.since ?? null),
    body: bodyOf(report),
  }
  const answered = restore?.issuances.filter(({ answeredBy }) => answeredBy === null) ?? []
  store.reports.record(
    row,
    answered.map(({ sequence }) => sequence),
  )
}

/** Of another moment: a report that is sent again, because its answer was lost, is the same one. */
function wasReported(store: Deps['store'], { issuances }: Restore<IssuanceRecord>, observedAt: string): boolean {
  const [before] = issuances.flatMap(({ answeredBy }) => (answeredBy === null ? [] : [store.reports.get(answeredBy)]))
  return before !== undefined && before.observedAt !== observedAt
}

function machineOf({ machine_id, server_id }: VerificationReport): string {
  const named = [machine_id, server_id].filter((id) => id !== null && id !== undefined)
  const [only] = named
  if (only !== undefined && named.length === 1) return only
  throw new PlaneProblem('bad-request', 'A report names its machine by exactly one of machine_id and server_id.')
}

function declaredBy(device: Device, declaration: Declaration | undefined, id: string): Declaration {
  if (declaration === undefined) throw new PlaneProblem('resource-not-found', `There is no replica ${id} any more.`)
  if (declaration.consumerId === device.id) return declaration
  throw new PlaneProblem('auth-insufficient-permissions', `The replica ${id} is another consumer's.`)
}

function requireVersions({ migration, reporting_schema }: VerificationReport): void {
  for (const [what, part] of [['migration', migration] as const, ['reporting_schema', reporting_schema] as const]) {
    if (part === null || part === undefined) continue
    const { target_version: version, target_version_id: id } = part
    if (version === null || version === undefined) {
      if (id !== null && id !== undefined) continue
      throw new PlaneProblem('bad-request', `The ${what} names no version.`)
    }
    if (!VERSION.test(version)) throw new PlaneProblem('version-parse', `${JSON.stringify(version)} is no version.`)
  }
}

function mayPublish(declarations: readonly Declaration[], { group, type }: VerificationReport): boolean {
  return declarations.some((one) => one.enabled && one.publishesSchemas && one.groupId === group && one.type === type)
}

function bodyOf(report: VerificationReport) {
  const { migration } = report
  const error = migration?.error?.slice(0, MIGRATION_ERROR)
  return {
    postgresVersion: report.postgres_version ?? null,
    s3SentRawBytes: report.s3_sent_raw_bytes ?? null,
    s3SentPayloadBytes: report.s3_sent_payload_bytes ?? null,
    s3ReceivedRawBytes: report.s3_received_raw_bytes ?? null,
    s3ReceivedPayloadBytes: report.s3_received_payload_bytes ?? null,
    healthDetails: report.health_details ?? null,
    migration: migration && error !== undefined ? { ...migration, error } : (migration ?? null),
    redaction: report.redaction ?? null,
    reportingSchema: report.reporting_schema ?? null,
  }
}
