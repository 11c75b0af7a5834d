import { z } from 'zod'
import { PlaneProblem } from '../../contract/control-plane/problem.ts'
import type { RestoreActivity } from '../../contract/control-plane/replica.ts'
import { type Restore, restoresOf } from '../replicas/restores.ts'
import type { IssuanceRecord, PlaneStore, Report } from '../store/index.ts'
import type { PlaneDeps } from './deps.ts'

/** Milliseconds back for which restores that nobody reported are looked for beside what was reported. */
const LOOK_BACK = 3 * 86_400_000

type Deps = Pick<PlaneDeps, 'store' | 'now'>
type UnreportedRestore = Restore<IssuanceRecord>

interface Filter {
  readonly replicaId: string | null
  readonly machineId: string | null
  readonly groupId: string | null
  readonly deviceId: string | null
}

/** Restores since a moment that nobody reported, the oldest first. What a group's own machines restore is no consumer's. */
export function unreportedRestores(store: PlaneStore, since: string, until: string): UnreportedRestore[] {
  const members = new Set(store.machines.list().flatMap(({ deviceId, groupId }) => `${groupId} ${deviceId ?? ''}`))
  const issuances = store.issuances.unanswered({ since, until })
  return restoresOf(issuances.filter(({ deviceId, groupId }) => !members.has(`${groupId} ${deviceId}`)))
}

/** From where restores that nobody reported matter to how replicas stand now. */
export function lookBack(now: Date): string {
  return new Date(now.getTime() - LOOK_BACK).toISOString()
}

/**
 * Reports and restores that are known by their credentials alone, newest first. `before`: the `next` of the page before. Restores alone
 * have no machine and no replica: a filter for one leaves them out. Throws `PlaneProblem` (`bad-request`) for what is no `next`.
 */
export function activityPage(
  { store, now }: Deps,
  filter: Filter,
  { before, limit }: { readonly before: string | null; readonly limit: number },
): { items: RestoreActivity[]; next: string | null } {
  const cursor = readCursor(before)
  const reports = store.reports.page(filter, { before: cursor.report, limit })
  const restores = inferred({ store, now }, filter, reports.length < limit ? undefined : reports.at(-1))
    .filter(({ issuances: [first] }) => first !== undefined && first.sequence < cursor.issuance)
    .toSorted((one, other) => sequenceOf(other) - sequenceOf(one))
  const names = namesOf(store)
  const items: RestoreActivity[] = []
  let [report, restore] = [0, 0]
  while (items.length < limit) {
    const [nextReport, nextRestore] = [reports[report], restores[restore]]
    if (nextRestore !== undefined && (nextReport === undefined || nextRestore.since > nextReport.reportedAt)) {
      items.push(inferredRow(nextRestore, names, now()))
      restore += 1
    } else if (nextReport !== undefined) {
      items.push(reportedRow(nextReport, names))
      report += 1
    } else break
  }
  const isMore = items.length === limit
  const last = { report: reports[report - 1]?.sequence, restore: restores[restore - 1] }
  const next = `${last.report ?? cursor.report}-${last.restore === undefined ? cursor.issuance : sequenceOf(last.restore)}`
  return { items, next: isMore ? next : null }
}

function inferred({ store, now }: Deps, filter: Filter, oldest: Report | undefined): UnreportedRestore[] {
  if (filter.replicaId !== null || filter.machineId !== null) return []
  const since = oldest === undefined ? '' : lookBack(new Date(oldest.reportedAt))
  return unreportedRestores(store, since, now().toISOString()).filter(
    ({ groupId, deviceId }) =>
      (filter.groupId === null || filter.groupId === groupId) &&
      (filter.deviceId === null || filter.deviceId === deviceId),
  )
}

function sequenceOf({ issuances }: UnreportedRestore): number {
  return issuances[0]?.sequence ?? 0
}

const cursorSchema = z.tuple([z.coerce.number().int(), z.coerce.number().int()])

/** The sequences before which a page begins, of a report and of an issuance. */
function readCursor(before: string | null): { readonly report: number; readonly issuance: number } {
  if (before === null) return { report: Number.MAX_SAFE_INTEGER, issuance: Number.MAX_SAFE_INTEGER }
  const read = cursorSchema.safeParse(before.split('-'))
  if (!read.success) throw new PlaneProblem('bad-request', `${JSON.stringify(before)} is no page of this list.`)
  const [report, issuance] = read.data
  return { report, issuance }
}

interface Names {
  machine(id: string): string | null
  device(id: string): string | null
}

function namesOf(store: PlaneStore): Names {
  const devices = new Map(store.devices.list().map(({ id, name }) => [id, name]))
  return {
    machine: (id) => store.machines.get(id)?.name ?? null,
    device: (id) => devices.get(id) ?? null,
  }
}

const nothingKnown = {
  machine_id: null,
  machine_name: null,
  intent: null,
  outcome: null,
  replica_healthy: null,
  error: null,
  postgres_version: null,
  snapshot_id: null,
  redaction_outcome: null,
  redaction_manifest_version: null,
  redaction_columns_masked: null,
  redaction_columns_skipped: null,
  redaction_error: null,
  s3_sent_raw_bytes: null,
  s3_sent_payload_bytes: null,
  s3_received_raw_bytes: null,
  s3_received_payload_bytes: null,
  observed_at: null,
  started_at: null,
  reported_at: null,
  duration_seconds: null,
  replica_id: null,
  replica_name: null,
} as const

function inferredRow(restore: UnreportedRestore, names: Names, now: Date): RestoreActivity {
  const { type, since, until, groupId, deviceId, runId } = restore
  const key = `issuance-${sequenceOf(restore)}`
  return {
    ...nothingKnown,
    key,
    id: key,
    status: now.getTime() <= Date.parse(until) ? 'in_progress' : 'unknown',
    type,
    at: since,
    started_at: since,
    group_id: groupId,
    device_id: deviceId,
    device_name: names.device(deviceId),
    run_id: runId,
  }
}

const redactionSchema = z
  .object({
    outcome: z.string().nullish(),
    manifest_version: z.string().nullish(),
    columns_masked: z.number().int().nullish(),
    columns_skipped: z.number().int().nullish(),
    error: z.string().nullish(),
  })
  .nullish()

function reportedRow(report: Report, names: Names): RestoreActivity {
  const { body, startedAt, reportedAt } = report
  const redaction = redactionSchema.safeParse(body.redaction).data
  return {
    key: `check-${report.sequence}`,
    id: report.id,
    status: 'reported',
    type: report.type,
    at: reportedAt,
    machine_id: report.machineId,
    machine_name: names.machine(report.machineId),
    intent: report.intent,
    outcome: report.outcome,
    replica_healthy: report.replicaHealthy,
    error: report.error,
    postgres_version: body.postgresVersion,
    snapshot_id: report.snapshotId,
    health_details: body.healthDetails,
    redaction_outcome: redaction?.outcome ?? null,
    redaction_manifest_version: redaction?.manifest_version ?? null,
    redaction_columns_masked: redaction?.columns_masked ?? null,
    redaction_columns_skipped: redaction?.columns_skipped ?? null,
    redaction_error: redaction?.error ?? null,
    s3_sent_raw_bytes: body.s3SentRawBytes,
    s3_sent_payload_bytes: body.s3SentPayloadBytes,
    s3_received_raw_bytes: body.s3ReceivedRawBytes,
    s3_received_payload_bytes: body.s3ReceivedPayloadBytes,
    observed_at: report.observedAt,
    started_at: startedAt,
    reported_at: reportedAt,
    duration_seconds: startedAt === null ? null : (Date.parse(reportedAt) - Date.parse(startedAt)) / 1000,
    replica_id: report.replicaId,
    replica_name: report.replicaName,
    group_id: report.groupId,
    device_id: report.deviceId,
    device_name: names.device(report.deviceId),
    run_id: report.runId,
    migration: body.migration,
    reporting_schema: body.reportingSchema,
  }
}
