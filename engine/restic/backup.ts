import { z } from 'zod'
import { fileNameToBytes } from '../file-name.ts'
import type { ProgramEnd } from '../process/program.ts'
import { redactor } from '../process/redact.ts'
import { type BackupLine, readBackupLine } from './backup-lines.ts'
import { readJsonLine } from './json-line.ts'
import { type ResticRepository, secretsOf } from './repository.ts'
import { askRestic, type ResticCommand, runRestic } from './run-restic.ts'

export interface BackupOptions {
  /** As restic takes them; a relative path is a top level entry of the snapshot. */
  readonly paths: readonly string[]
  readonly cwd?: string
  readonly time?: Date
  readonly hostname?: string
  readonly tags?: readonly string[]
  readonly signal?: AbortSignal
}

export interface WatchedBackup {
  /** Full paths, of whatever bytes. */
  readonly paths: readonly string[]
  /** As restic's `--exclude` takes them. */
  readonly exclude: readonly string[]
  readonly hostname: string
  readonly tags?: readonly string[]
  readonly signal?: AbortSignal
  readonly onLine: (line: BackupLine) => void
}

const summarySchema = z.object({ message_type: z.literal('summary'), snapshot_id: z.string() })

/** Back up some paths as one snapshot. Throws what `completeRestic` throws; an unreadable file is `tool_failed`. */
export function backup(repository: ResticRepository, options: BackupOptions): Promise<{ snapshotId: string }> {
  const { cwd, signal } = options
  return askRestic(repository, backupCommand(options), { ...(cwd ? { cwd } : {}), ...(signal ? { signal } : {}) })
}

/**
 * Run `restic backup` once, telling each of its lines, whatever its end. Exit code 3 is a snapshot without what could not be
 * read ("Scripting" in restic's manual). Throws `tool_missing`.
 */
export function watchBackup(repository: ResticRepository, backup: WatchedBackup): Promise<ProgramEnd> {
  const redact = redactor(secretsOf(repository))
  const onLine = (text: string): void => {
    const line = readBackupLine(text)
    if (line !== undefined) backup.onLine(line.type === 'error' ? { ...line, message: redact(line.message) } : line)
  }
  return runRestic(repository, {
    // Paths by standard input: an argument would have to be UTF-8, and all of them together short.
    args: [
      'backup',
      '--json',
      '--host',
      backup.hostname,
      ...(backup.tags ?? []).flatMap((tag) => ['--tag', tag]),
      ...backup.exclude.map((pattern) => `--exclude=${pattern}`),
      '--files-from-raw',
      '-',
    ],
    input: Buffer.concat(backup.paths.flatMap((path) => [fileNameToBytes(path), Buffer.of(0)])),
    ...(backup.signal === undefined ? {} : { signal: backup.signal }),
    onStdoutLine: onLine,
    onStderrLine: onLine,
  })
}

function backupCommand(options: BackupOptions): ResticCommand<{ snapshotId: string }> {
  return {
    args: [
      'backup',
      '--json',
      '--quiet',
      ...(options.time ? ['--time', resticTime(options.time)] : []),
      ...(options.hostname === undefined ? [] : ['--host', options.hostname]),
      ...(options.tags ?? []).flatMap((tag) => ['--tag', tag]),
      '--',
      ...options.paths,
    ],
    parse: (stdout) => {
      const lines = stdout.split('\n').map((line) => readJsonLine(line, summarySchema))
      const summary = lines.findLast((line) => line !== undefined)
      if (!summary) throw new Error('restic backup ended without a summary')
      return { snapshotId: summary.snapshot_id }
    },
  }
}

/** `--time` is read in the local zone and knows no other. */
function resticTime(time: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-')
  return `${day} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')}`
}
