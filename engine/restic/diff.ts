import { z } from 'zod'
import type { ProgramEnd } from '../process/program.ts'
import { readJsonLine } from './json-line.ts'
import type { ResticRepository } from './repository.ts'
import { runRestic } from './run-restic.ts'

export interface WatchedDiff {
  /** Ids of the two snapshots. */
  readonly before: string
  readonly after: string
  /** Also what has only other metadata. */
  readonly metadata: boolean
  readonly signal?: AbortSignal
  readonly onLine: (line: DiffLine) => void
}

/** What one side has more. */
export interface DiffSide {
  readonly files: number
  readonly folders: number
  readonly others: number
  /** In the repository, packed as they are there. */
  readonly bytes: number
}

/** What one line of restic's output says. Paths are as restic prints them: each byte that is not UTF-8 is U+FFFD. */
export type DiffLine =
  | { readonly type: 'change'; readonly modifier: string; readonly path: string }
  | { readonly type: 'summary'; readonly changed: number; readonly added: DiffSide; readonly removed: DiffSide }
  | { readonly type: 'text'; readonly text: string }

const sideSchema = z
  .object({ files: z.number(), dirs: z.number(), others: z.number(), bytes: z.number() })
  .transform(({ dirs, files, others, bytes }): DiffSide => ({ files, folders: dirs, others, bytes }))

const lineSchema = z.discriminatedUnion('message_type', [
  z.object({ message_type: z.literal('change'), path: z.string(), modifier: z.string() }),
  z.object({
    message_type: z.literal('statistics'),
    changed_files: z.number(),
    added: sideSchema,
    removed: sideSchema,
  }),
])

/** Run `restic diff` once, without a lock, telling each of its lines, whatever its end. Throws `tool_missing`. */
export function watchDiff(repository: ResticRepository, diff: WatchedDiff): Promise<ProgramEnd> {
  const { before, after, metadata, signal, onLine } = diff
  return runRestic(repository, {
    args: ['diff', '--json', '--no-lock', ...(metadata ? ['--metadata'] : []), before, after],
    ...(signal === undefined ? {} : { signal }),
    onStdoutLine: (text) => {
      const line = readDiffLine(text)
      if (line !== undefined) onLine(line)
    },
    // Its own end it says there too; what else it says is trouble on the way.
    onStderrLine: (text) => {
      if (text.trim() !== '' && !text.startsWith('{')) onLine({ type: 'text', text })
    },
  })
}

/** Read one line of `restic diff --json`; undefined for one that says nothing. */
function readDiffLine(text: string): DiffLine | undefined {
  const line = readJsonLine(text, lineSchema)
  switch (line?.message_type) {
    case 'change':
      return { type: 'change', modifier: line.modifier, path: line.path }
    case 'statistics':
      return { type: 'summary', changed: line.changed_files, added: line.added, removed: line.removed }
    case undefined:
      return text.trim() === '' || text.startsWith('{') ? undefined : { type: 'text', text }
  }
}
