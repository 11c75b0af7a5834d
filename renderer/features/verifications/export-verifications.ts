import type { ConsoleClient } from '../../../contract/console/index.ts'
import type { Verification } from '../../../contract/shapes/verification.ts'
import { csvLine } from '../../components/csv.ts'
import type { ExportFormat } from '../../components/use-export.ts'
import type { VerificationFilter } from './use-verifications.ts'

export interface VerificationsToExport {
  readonly client: ConsoleClient
  readonly filter: VerificationFilter
  readonly format: ExportFormat
  readonly signal: AbortSignal
  /** How many are read so far. */
  onProgress(count: number): void
}

const HEAD = [
  'status',
  'at',
  'replica',
  'group',
  'machine',
  'consumer',
  'type',
  'intent',
  'snapshot',
  'error',
  'started',
  'seen by the consumer',
  'heard by the plane',
  'seconds',
  'sent bytes',
  'received bytes',
  'PostgreSQL',
  'health',
  'run',
] as const

/** Every report that fits, as the parts of a file. Throws what `verifications.export` throws. */
export async function exportVerifications({
  client,
  filter,
  format,
  signal,
  onProgress,
}: VerificationsToExport): Promise<string[]> {
  const parts = [format === 'csv' ? csvLine(HEAD) : '[\n']
  let isFirst = true
  let count = 0
  for await (const { items } of await client.verifications.export({ ...filter, format }, { signal })) {
    if (format === 'csv') parts.push(items.map(csvOf).join(''))
    else if (items.length > 0) {
      parts.push(`${isFirst ? '' : ',\n'}${items.map((one) => JSON.stringify(one)).join(',\n')}`)
      isFirst = false
    }
    count += items.length
    onProgress(count)
  }
  if (format === 'json') parts.push('\n]\n')
  return parts
}

function csvOf(one: Verification): string {
  return csvLine([
    one.status,
    one.at,
    one.replicaName ?? one.replicaId,
    one.groupName ?? one.groupId,
    one.machineName ?? one.machineId,
    one.consumerName ?? one.consumerId,
    one.type,
    one.intent,
    one.snapshotId,
    one.error,
    one.startedAt,
    one.observedAt,
    one.reportedAt,
    one.seconds,
    one.sentBytes,
    one.receivedBytes,
    one.postgresVersion,
    one.health === undefined ? null : JSON.stringify(one.health),
    one.runId,
  ])
}
