import { z } from 'zod'
import { readJsonLine } from './json-line.ts'

/** What one line of restic's output says. Paths are as restic prints them: each byte that is not UTF-8 is U+FFFD. */
export type BackupLine =
  | { readonly type: 'status'; readonly progress: BackupProgress }
  /** The snapshot has been saved. Nothing was, where its id is null. */
  | {
      readonly type: 'summary'
      readonly snapshotId: string | null
      readonly files: number
      readonly bytes: number
      /** Bytes that the repository has grown by. */
      readonly added: number
    }
  /** It could not be read, wholly or in part. */
  | { readonly type: 'error'; readonly path: string; readonly message: string }
  | { readonly type: 'text'; readonly text: string }

export interface BackupProgress {
  readonly filesDone: number
  readonly bytesDone: number
  /** What has been found so far; it grows while restic still looks. */
  readonly filesFound: number
  readonly bytesFound: number
  readonly currentItem: string | null
}

/** restic leaves out what is zero. */
const amount = z.number().nonnegative().default(0)

const lineSchema = z.discriminatedUnion('message_type', [
  z.object({
    message_type: z.literal('status'),
    total_files: amount,
    files_done: amount,
    total_bytes: amount,
    bytes_done: amount,
    current_files: z.array(z.string()).default([]),
  }),
  z.object({ message_type: z.literal('verbose_status') }),
  z.object({
    message_type: z.literal('summary'),
    snapshot_id: z.string().default(''),
    total_files_processed: amount,
    total_bytes_processed: amount,
    data_added_packed: amount,
  }),
  z.object({
    message_type: z.literal('error'),
    error: z.object({ message: z.string() }),
    during: z.string().default(''),
    item: z.string().default(''),
  }),
  z.object({ message_type: z.literal('exit_error') }),
])

/**
 * Read one line of `restic backup --json`, from standard output or error (restic 0.17.1 and later, "Scripting" in its
 * manual). Undefined for a line that says nothing new: what cannot be read is told while restic counts, and again when it
 * comes to it; `exit_error` tells how restic ended.
 */
export function readBackupLine(text: string): BackupLine | undefined {
  if (text.trim() === '') return undefined
  const line = readJsonLine(text, lineSchema)
  if (line === undefined) return goneLine(text) ?? { type: 'text', text }
  switch (line.message_type) {
    case 'status':
      return { type: 'status', progress: progressOf(line) }
    case 'summary':
      return {
        type: 'summary',
        snapshotId: line.snapshot_id || null,
        files: line.total_files_processed,
        bytes: line.total_bytes_processed,
        added: line.data_added_packed,
      }
    case 'error':
      if (line.during === 'scan') return undefined
      return { type: 'error', path: line.item, message: line.error.message.split('\n', 1)[0] ?? '' }
    case 'verbose_status':
    case 'exit_error':
      return undefined
  }
}

/** Of a path that it was given and that is not there restic says only this: to it, such a backup is a success. */
function goneLine(text: string): BackupLine | undefined {
  const path = /^(\/.*) does not exist, skipping$/.exec(text)?.[1]
  return path === undefined ? undefined : { type: 'error', path, message: 'it does not exist' }
}

function progressOf(line: Extract<z.infer<typeof lineSchema>, { message_type: 'status' }>): BackupProgress {
  return {
    filesDone: line.files_done,
    bytesDone: line.bytes_done,
    filesFound: line.total_files,
    bytesFound: line.total_bytes,
    currentItem: line.current_files[0] ?? null,
  }
}
