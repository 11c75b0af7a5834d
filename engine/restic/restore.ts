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
export type RestorePass =
  | { readonly kind: 'everything' }
  | { readonly kind: 'include' | 'exclude'; readonly paths: readonly string[] }

export interface RestoreCall {
  readonly snapshotId: string
  /** Everything comes to be below it with its full snapshot path. */
  readonly targetPath: string
  readonly pass: RestorePass
  /** `preview` writes nothing, not even a lock; `write` locks the repository where it can, and verifies what it wrote. */
  readonly mode: 'preview' | 'write'
  readonly signal?: AbortSignal
  readonly graceMilliseconds?: number
  readonly onLine: (line: RestoreLine) => void
}

const UNLOCKED = 'The repository cannot be written to. It is read without a lock: do not prune it meanwhile.'

/**
 * Run `restic restore` once, whatever its end. Neither its exit code nor its summary is a verdict: damaged files are
 * counted as restored, and a pattern that matches nothing is a success. Throws `tool_missing`.
 */
export async function restore(repository: ResticRepository, call: RestoreCall): Promise<ProgramEnd> {
  await using patterns = call.pass.kind === 'everything' ? null : await writePatternFile(call.pass.paths)
  const locked = call.mode === 'write' && (await canLock(repository))
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
  return [
    'restore',
    call.snapshotId,
    '--json',
    '--verbose=2',
    '--target',
    call.targetPath,
    ...(patterns === null ? [] : [`--${call.pass.kind}-file`, patterns.path]),
    ...(locked ? [] : ['--no-lock']),
    ...(call.mode === 'preview' ? ['--dry-run'] : ['--verify', ...withoutPrivileges(restic)]),
  ]
}

/**
 * Extended attributes that only root can set: capabilities of programs and labels of the machine that was backed up. A
 * restore that does not apply ownership must not apply these.
 */
function withoutPrivileges(restic: Restic): string[] {
  if (!isAtLeast(restic.version, '0.18.0')) return []
  return ['trusted.*', 'security.*'].flatMap((pattern) => ['--exclude-xattr', pattern])
}
