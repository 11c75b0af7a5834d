import { z } from 'zod'
import { readJsonLine } from './json-line.ts'
import type { ResticRepository } from './repository.ts'
import { askRestic, type ResticCommand } from './run-restic.ts'

export interface BackupOptions {
  /** As restic takes them; a relative path is a top level entry of the snapshot. */
  readonly paths: readonly string[]
  readonly cwd?: string
  readonly time?: Date
  readonly hostname?: string
  readonly tags?: readonly string[]
  readonly signal?: AbortSignal
}

const summarySchema = z.object({ message_type: z.literal('summary'), snapshot_id: z.string() })

/** Back up some paths as one snapshot. Throws what `completeRestic` throws; an unreadable file is `tool_failed`. */
export function backup(repository: ResticRepository, options: BackupOptions): Promise<{ snapshotId: string }> {
  const { cwd, signal } = options
  return askRestic(repository, backupCommand(options), { ...(cwd ? { cwd } : {}), ...(signal ? { signal } : {}) })
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
