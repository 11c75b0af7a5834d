import { z } from 'zod'

const bytes = z.number().nullable()

/** What is kept of a report as it was said, and never searched by. */
const bodySchema = z.object({
  postgresVersion: z.string().nullable(),
  s3SentRawBytes: bytes,
  s3SentPayloadBytes: bytes,
  s3ReceivedRawBytes: bytes,
  s3ReceivedPayloadBytes: bytes,
  healthDetails: z.unknown(),
  migration: z.unknown(),
  redaction: z.unknown(),
  reportingSchema: z.unknown(),
})
export type ReportBody = Readonly<z.infer<typeof bodySchema>>

const rowSchema = z.object({
  sequence: z.number(),
  id: z.string(),
  device_id: z.string(),
  replica_id: z.string().nullable(),
  replica_name: z.string(),
  group_id: z.string(),
  machine_id: z.string(),
  type: z.string(),
  intent: z.string(),
  outcome: z.enum(['success', 'failure']),
  replica_healthy: z.number(),
  observed_at: z.string(),
  reported_at: z.string(),
  snapshot_id: z.string().nullable(),
  error: z.string().nullable(),
  run_id: z.string().nullable(),
  started_at: z.string().nullable(),
  body: z.string(),
})

/** What a consumer said of one attempt. */
export interface Report {
  /** Counts up, in the order in which they came. */
  readonly sequence: number
  readonly id: string
  readonly deviceId: string
  /** Null once the declaration is deleted; its name stays. */
  readonly replicaId: string | null
  readonly replicaName: string
  readonly groupId: string
  readonly machineId: string
  readonly type: string
  readonly intent: string
  readonly outcome: 'success' | 'failure'
  readonly replicaHealthy: boolean
  /** The consumer's clock, and ours. */
  readonly observedAt: string
  readonly reportedAt: string
  readonly snapshotId: string | null
  readonly error: string | null
  readonly runId: string | null
  /** When its first credentials were given out; null where none are known to be its. */
  readonly startedAt: string | null
  readonly body: ReportBody
}

export function toReport(row: unknown): Report {
  const read = rowSchema.parse(row)
  return {
    sequence: read.sequence,
    id: read.id,
    deviceId: read.device_id,
    replicaId: read.replica_id,
    replicaName: read.replica_name,
    groupId: read.group_id,
    machineId: read.machine_id,
    type: read.type,
    intent: read.intent,
    outcome: read.outcome,
    replicaHealthy: read.replica_healthy === 1,
    observedAt: read.observed_at,
    reportedAt: read.reported_at,
    snapshotId: read.snapshot_id,
    error: read.error,
    runId: read.run_id,
    startedAt: read.started_at,
    body: bodySchema.parse(JSON.parse(read.body)),
  }
}

/** What of a report a verdict is made from. */
export interface ReportGist {
  readonly sequence: number
  readonly healthy: boolean
  readonly outcome: 'success' | 'failure'
  readonly error: string | null
  readonly snapshotId: string | null
  readonly observedAt: string
  readonly reportedAt: string
}

/**
 * When something was so, by its consumer's clock; but nothing was observed after it was heard of. With a clock that is ahead a consumer
 * would else stay healthy, and be the last word, until that moment has come.
 */
export function momentOf({ observedAt, reportedAt }: Pick<ReportGist, 'observedAt' | 'reportedAt'>): string {
  return observedAt < reportedAt ? observedAt : reportedAt
}

/** The last report of a replica and its last healthy one, by what its consumer observed. */
export interface ReportHead {
  readonly last: ReportGist
  readonly healthy: ReportGist | null
}

/** A replica as reports name it: the declaration may be another by now. */
export interface ReplicaKey {
  readonly machineId: string
  readonly type: string
  readonly intent: string
  readonly name: string
}

/** One text for each key and no other: lengths say where the parts end, whatever is in them. */
export function keyText({ machineId, type, intent, name }: ReplicaKey): string {
  return `${machineId.length} ${type.length} ${intent.length} ${machineId}${type}${intent}${name}`
}

const gistSchema = z.object({
  sequence: z.number(),
  outcome: z.enum(['success', 'failure']),
  replica_healthy: z.number(),
  error: z.string().nullable(),
  snapshot_id: z.string().nullable(),
  observed_at: z.string(),
  reported_at: z.string(),
})

export function toGist(row: unknown): ReportGist {
  const { sequence, outcome, replica_healthy, error, snapshot_id, observed_at, reported_at } = gistSchema.parse(row)
  const healthy = outcome === 'success' && replica_healthy === 1
  return {
    sequence,
    healthy,
    outcome,
    error,
    snapshotId: snapshot_id,
    observedAt: observed_at,
    reportedAt: reported_at,
  }
}

const headSchema = z.object({
  machine_id: z.string(),
  type: z.string(),
  intent: z.string(),
  name: z.string(),
  last: z.number(),
  healthy: z.number().nullable(),
})

export function toHeadRow(row: unknown) {
  const { machine_id, type, intent, name, last, healthy } = headSchema.parse(row)
  return { key: { machineId: machine_id, type, intent, name }, last, healthy }
}
