import type { ProgramEnd } from '../process/program.ts'
import { redactor } from '../process/redact.ts'
import { type PatternFile, writePatternFile } from './pattern-file.ts'
import { PATTERN_ENVIRONMENT } from './patterns.ts'
import { type ResticRepository, secretsOf } from './repository.ts'
import { isAtLeast, type Restic } from './restic.ts'
import { type RestoreLine, readRestoreLine } from './restore-lines.ts'
import { canLock } from './restore-lock.ts'
import { runRestic } from './run-restic.ts'

/** What one call of restic restores: all, these paths with what is below them, or all but these. */
export type RestorePatterns =
  | { readonly kind: 'everything' }
  | { readonly kind: 'include' | 'exclude'; readonly paths: readonly string[] }

/** What restic does about what is there already; of no effect in an empty folder. */
export type Overwrite = 'always' | 'if-changed' | 'if-newer' | 'never'

export interface RestoreCall {
  readonly snapshotId: string
  /** The snapshot's folder to restore from, UTF-8: paths and the target's contents begin there. `/` is all of it. */
  readonly base: string
  /** Everything comes to be below it with its path below `base`. */
  readonly targetPath: string
  readonly patterns: RestorePatterns
  readonly overwrite: Overwrite
  /**
   * `preview` writes nothing, not even a lock, and tells of every item; `write` locks the repository where it can and tells
   * only how far it is: a line for each of many small files would take it half as long again.
   */
  readonly mode: 'preview' | 'write'
  /** What only root may set is applied: owners it always sets, these are capabilities and labels. */
  readonly privileged: boolean
  /** Read back what was written. */
  readonly verify: boolean
  /** Whether restic can leave its lock, where that is known beforehand. */
  readonly lockable?: boolean
  readonly signal?: AbortSignal | undefined
  readonly graceMilliseconds?: number | undefined
  readonly onLine: (line: RestoreLine) => void
}

const UNLOCKED = 'The repository cannot be written to. It is read without a lock: do not prune it meanwhile.'

/**
 * Run `restic restore` once, whatever its end. Neither its exit code nor its summary is a verdict: damaged files are
 * counted as restored, and a pattern that matches nothing is a success. Throws `tool_missing`.
 */
export async function restore(repository: ResticRepository, call: RestoreCall): Promise<ProgramEnd> {
  await using patterns = call.patterns.kind === 'everything' ? null : await writePatternFile(call.patterns.paths)
  const locked = call.mode === 'write' && (call.lockable ?? (await canLock(repository)))
  const redact = redactor(secretsOf(repository))
  const onLine = (line: string) => {
    const read = readRestoreLine(line)
    if (read !== undefined) call.onLine(read.type === 'error' ? { ...read, message: redact(read.message) } : read)
  }
  if (call.mode === 'write' && !locked) call.onLine({ type: 'text', text: UNLOCKED })
  return await runRestic(
    { ...repository, mark: { ...repository.mark, ...PATTERN_ENVIRONMENT } },
    {
      args: restoreArguments(repository.restic, call, { patterns, locked }),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
      ...(call.graceMilliseconds === undefined ? {} : { graceMilliseconds: call.graceMilliseconds }),
      onStdoutLine: onLine,
      onStderrLine: onLine,
    },
  )
}

interface Prepared {
  readonly patterns: PatternFile | null
  readonly locked: boolean
}

function restoreArguments(restic: Restic, call: RestoreCall, { patterns, locked }: Prepared): string[] {
  const { snapshotId, base, mode } = call
  return [
    'restore',
    base === '/' ? snapshotId : `${snapshotId}:${base}`,
    '--json',
    '--target',
    call.targetPath,
    ...(call.overwrite === 'always' ? [] : ['--overwrite', call.overwrite]),
    ...(patterns === null ? [] : [`--${call.patterns.kind}-file`, patterns.path]),
    ...(locked ? [] : ['--no-lock']),
    // What it would keep of the repository for the next time is written too.
    ...(mode === 'preview' ? ['--no-cache', '--verbose=2', '--dry-run'] : []),
    ...(mode === 'write' && call.verify ? ['--verify'] : []),
    // Holes come back as holes; it is no slower where there are none.
    ...(mode === 'write' ? ['--sparse'] : []),
    ...(mode === 'write' ? attributes(restic, call.privileged) : []),
  ]
}

/**
 * Extended attributes that only root can set: capabilities of programs and labels of the machine that was backed up. A
 * restore that does not apply ownership must not apply these.
 */
function attributes(restic: Restic, privileged: boolean): string[] {
  if (privileged || !isAtLeast(restic.version, '0.18.0')) return []
  return ['trusted.*', 'security.*'].flatMap((pattern) => ['--exclude-xattr', pattern])
}
