import type { RestoreLine } from '../../engine/restic/restore-lines.ts'
import type { ResticRepository } from '../../engine/restic/repository.ts'
import { restore } from '../../engine/restic/restore.ts'
import { makePassable } from '../make-passable.ts'
import { ProofFailed } from '../prove/proof.ts'

export interface Restored {
  readonly files: number
  readonly bytes: number
}

const ERRORS_TOLD = 10

/**
 * Restore all of a snapshot into an empty folder, and read back what was written against the hashes. One error is a failure: restic counts what it
 * could not restore as restored. Throws `ProofFailed`, the signal's reason, `tool_missing`.
 */
export async function restoreSnapshot(
  repository: ResticRepository,
  snapshotId: string,
  directory: string,
  signal: AbortSignal,
): Promise<Restored> {
  await makePassable(directory)
  let restored: Restored = { files: 0, bytes: 0 }
  const errors: string[] = []
  const onLine = (line: RestoreLine): void => {
    if (line.type === 'summary') restored = { files: line.files, bytes: line.bytes }
    if (line.type === 'error') errors.push(line.path === '' ? line.message : `${line.path}: ${line.message}`)
  }
  const end = await restore(repository, {
    snapshotId,
    base: '/',
    targetPath: directory,
    patterns: { kind: 'everything' },
    overwrite: 'always',
    mode: 'write',
    privileged: process.getuid?.() === 0,
    verify: true,
    lockable: false,
    signal,
    onLine,
  })
  signal.throwIfAborted()
  if (end.exitCode === 0 && errors.length === 0) return restored
  const told = errors.slice(0, ERRORS_TOLD)
  const more = errors.length > told.length ? [`and ${errors.length - told.length} more errors`] : []
  throw new ProofFailed(['The snapshot could not be restored.', ...told, ...more, ...lastWords(end, errors)].join('\n'))
}

function lastWords(
  {
    exitCode,
    signal,
    stderrTail,
  }: { readonly exitCode: number | null; readonly signal: string | null; readonly stderrTail: string },
  errors: readonly string[],
): string[] {
  if (errors.length > 0) return []
  return [stderrTail.trim() || (exitCode === null ? `restic was ended by ${signal}` : `restic ended with ${exitCode}`)]
}
