import { z } from 'zod'
import { readJsonLine } from './json-line.ts'

/** What one line of restic's output says. Paths are as restic prints them: each byte that is not UTF-8 is U+FFFD. */
export type RestoreLine =
  | { readonly type: 'status'; readonly files: number; readonly bytes: number }
  | { readonly type: 'item'; readonly action: RestoredAction; readonly path: string; readonly size: number }
  /** All is written; what follows is verification. `items` are restored or passed over, folders on the way and damaged files too. */
  | { readonly type: 'summary'; readonly items: number; readonly files: number; readonly bytes: number }
  /** A snapshot path, or while verifying a path below the target. */
  | { readonly type: 'error'; readonly path: string; readonly message: string }
  | { readonly type: 'text'; readonly text: string }

export type RestoredAction = z.infer<typeof actionSchema>

const actionSchema = z.enum(['restored', 'updated', 'unchanged', 'deleted'])
/** restic leaves out what is zero. */
const amount = z.number().nonnegative().default(0)

const amounts = { bytes_restored: amount, files_restored: amount, files_skipped: amount }

const lineSchema = z.discriminatedUnion('message_type', [
  z.object({ message_type: z.literal('status'), ...amounts }),
  z.object({ message_type: z.literal('verbose_status'), action: actionSchema, item: z.string(), size: amount }),
  z.object({ message_type: z.literal('summary'), ...amounts }),
  z.object({
    message_type: z.literal('error'),
    error: z.object({ message: z.string() }),
    item: z.string().default(''),
  }),
  z.object({ message_type: z.literal('exit_error') }),
])

/**
 * Read one line of `restic restore --json`, with or without `--verbose=2`, from standard output or error (restic 0.17.1 and later,
 * "Scripting" in its manual). Undefined for an empty line, and for `exit_error`, which tells how restic ended.
 */
export function readRestoreLine(line: string): RestoreLine | undefined {
  if (line.trim() === '') return undefined
  const read = readJsonLine(line, lineSchema)
  if (read === undefined) return { type: 'text', text: line }
  switch (read.message_type) {
    case 'status':
      return { type: 'status', files: read.files_restored, bytes: read.bytes_restored }
    case 'verbose_status':
      return { type: 'item', action: read.action, path: read.item, size: read.size }
    case 'summary':
      return summaryOf(read)
    case 'error':
      return { type: 'error', path: read.item, message: firstLine(read.error.message) }
    case 'exit_error':
      return undefined
  }
}

function summaryOf(read: z.infer<z.ZodObject<typeof amounts>>): RestoreLine {
  const { files_restored: files, files_skipped: skipped, bytes_restored: bytes } = read
  return { type: 'summary', items: files + skipped, files, bytes }
}

/** What follows the first line is a stack of Go's runtime. */
function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? ''
}
