import { z } from 'zod'
import { readJsonLine } from './json-line.ts'

/** What one line of restic's output says. Paths are as restic prints them: each byte that is not UTF-8 is U+FFFD. */
export type RestoreLine =
  | { readonly type: 'status'; readonly bytes: number }
  | { readonly type: 'item'; readonly action: RestoredAction; readonly path: string; readonly size: number }
  /** All is written; what follows is verification. Damaged files are counted in. */
  | { readonly type: 'summary'; readonly bytes: number }
  /** A snapshot path, or while verifying a path below the target. */
  | { readonly type: 'error'; readonly path: string; readonly message: string }
  | { readonly type: 'text'; readonly text: string }

export type RestoredAction = z.infer<typeof actionSchema>

const actionSchema = z.enum(['restored', 'updated', 'unchanged', 'deleted'])
/** restic leaves out what is zero. */
const amount = z.number().nonnegative().default(0)

const lineSchema = z.discriminatedUnion('message_type', [
  z.object({ message_type: z.literal('status'), bytes_restored: amount }),
  z.object({ message_type: z.literal('verbose_status'), action: actionSchema, item: z.string(), size: amount }),
  z.object({ message_type: z.literal('summary'), bytes_restored: amount }),
  z.object({
    message_type: z.literal('error'),
    error: z.object({ message: z.string() }),
    item: z.string().default(''),
  }),
  z.object({ message_type: z.literal('exit_error') }),
])

/**
 * Read one line of `restic restore --json --verbose=2`, from standard output or error (restic 0.17.1 and later,
 * "Scripting" in its manual). Undefined for an empty line, and for `exit_error`, which tells how restic ended.
 */
export function readRestoreLine(line: string): RestoreLine | undefined {
  if (line.trim() === '') return undefined
  const read = readJsonLine(line, lineSchema)
  if (read === undefined) return { type: 'text', text: line }
  switch (read.message_type) {
    case 'status':
      return { type: 'status', bytes: read.bytes_restored }
    case 'verbose_status':
      return { type: 'item', action: read.action, path: read.item, size: read.size }
    case 'summary':
      return { type: 'summary', bytes: read.bytes_restored }
    case 'error':
      return { type: 'error', path: read.item, message: firstLine(read.error.message) }
    case 'exit_error':
      return undefined
  }
}

/** What follows the first line is a stack of Go's runtime. */
function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? ''
}
