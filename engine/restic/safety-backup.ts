import { Fault } from '../../contract/errors.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import { fileNameToBytes } from '../file-name.ts'
import { redactor } from '../process/redact.ts'
import { type BackupLine, type BackupProgress, readBackupLine } from './backup-lines.ts'
import { faultOf } from './fault.ts'
import { placeOf, type ResticRepository, secretsOf } from './repository.ts'
import { runRestic } from './run-restic.ts'

const SAFETY_TAG = 'restore-console-safety'

export interface SafetyBackup {
  /** Full paths, of whatever bytes; each is there. A folder is taken with all that is in it. */
  readonly paths: readonly string[]
  /** The run that is going to change them. */
  readonly runId: string
  readonly hostname: string
  readonly signal?: AbortSignal
  readonly onProgress: (progress: BackupProgress) => void
}

/**
 * Save some paths as a snapshot of its own, before they are changed; gives its id. What cannot be read whole is no way
 * back: then it throws `tool_failed` with the first that could not. Throws what `faultOf` makes of restic's other ends.
 */
export async function safetyBackup(repository: ResticRepository, backup: SafetyBackup): Promise<string> {
  const { paths, runId, hostname, signal, onProgress } = backup
  const redact = redactor(secretsOf(repository))
  const heard: { snapshotId: string | null; unread: string | null } = { snapshotId: null, unread: null }
  const hear = (line: BackupLine | undefined): void => {
    if (line?.type === 'status') onProgress(line.progress)
    if (line?.type === 'summary') heard.snapshotId = line.snapshotId
    if (line?.type === 'error') heard.unread ??= `${showFileName(line.path)}: ${redact(line.message)}`
  }
  const tags = ['--tag', SAFETY_TAG, '--tag', `run:${runId}`]
  const end = await runRestic(repository, {
    args: ['backup', '--json', '--host', hostname, ...tags, '--files-from-raw', '-'],
    input: Buffer.concat(paths.flatMap((path) => [fileNameToBytes(path), Buffer.of(0)])),
    ...(signal === undefined ? {} : { signal }),
    onStdoutLine: (line) => hear(readBackupLine(line)),
    onStderrLine: (line) => hear(readBackupLine(line)),
  })
  if (heard.unread !== null) {
    throw new Fault('tool_failed', { tool: 'restic', exitCode: end.exitCode, stderrTail: heard.unread })
  }
  if (end.stopped || end.exitCode !== 0) throw faultOf(end, { place: placeOf(repository.access.url) })
  if (heard.snapshotId === null) {
    throw new Fault('tool_failed', { tool: 'restic', exitCode: 0, stderrTail: 'It made no safety snapshot.' })
  }
  return heard.snapshotId
}
