import type { ConsoleClient } from '../../../contract/console/index.ts'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { PastRestore, PastRestoreFilter } from '../../../contract/shapes/past-restore.ts'
import { csvLine } from '../../components/csv.ts'
import type { ExportFormat } from '../../components/use-export.ts'

export interface RestoresToExport {
  readonly client: ConsoleClient
  readonly filter: PastRestoreFilter
  readonly format: ExportFormat
  readonly signal: AbortSignal
  nameOf(hostId: string): string
  /** How much is read, 0 to 1. */
  onProgress(share: number): void
}

const HEAD = [
  'asked',
  'who',
  'host',
  'repository',
  'snapshot',
  'snapshot time',
  'what',
  'paths',
  'target',
  'folder',
  'result',
  'ended',
  'seconds',
  'files',
  'bytes',
  'verified',
  'read back equal',
  'read back different',
  'not readable',
  'why',
  'run',
] as const

/**
 * The restores that fit a filter, as the parts of a file. In JSON names are exact, odd bytes and all; in CSV they are escaped
 * as on the screen. Throws what `pastRestores.export` throws.
 */
export async function exportRestores(asked: RestoresToExport): Promise<string[]> {
  const { client, filter, format, signal, nameOf, onProgress } = asked
  const parts = [format === 'csv' ? csvLine(HEAD) : `{"filter":${JSON.stringify(filter)},\n"restores":[\n`]
  let isFirst = true
  for await (const { offset, total, items } of await client.pastRestores.export({ filter, format }, { signal })) {
    if (format === 'csv') parts.push(items.map((restore) => csvOf(restore, nameOf)).join(''))
    else if (items.length > 0) {
      const lines = items.map((restore) => JSON.stringify({ host: nameOf(restore.hostId), ...restore }))
      parts.push(`${isFirst ? '' : ',\n'}${lines.join(',\n')}`)
      isFirst = false
    }
    onProgress(total === 0 ? 1 : Math.min(1, (offset + items.length) / total))
  }
  if (format === 'json') parts.push('\n]}\n')
  return parts
}

function csvOf(restore: PastRestore, nameOf: (hostId: string) => string): string {
  const { what, targetPath, evidence } = restore
  return csvLine([
    restore.at,
    restore.actor,
    nameOf(restore.hostId),
    restore.repositoryId,
    restore.snapshotId,
    restore.snapshotTime,
    showFileName(what),
    restore.paths,
    restore.target,
    targetPath === null ? null : showFileName(targetPath),
    restore.state,
    restore.endedAt,
    restore.seconds,
    restore.files,
    restore.bytes,
    restore.proof,
    evidence?.equal ?? null,
    evidence?.different ?? null,
    evidence?.unread ?? null,
    restore.reason,
    restore.runId,
  ])
}
