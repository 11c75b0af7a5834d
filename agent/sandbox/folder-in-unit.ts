import { lstat, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ReasonedError, reasonOf } from '../../contract/reasons.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import { runProgram } from '../../engine/process/program.ts'
import type { AsUnit } from './transient-unit.ts'

/** What stood in the way. */
export class FolderRefused extends ReasonedError {
  override readonly name = 'FolderRefused'
}

const OURS_ALONE = 0o700
/** Milliseconds; it makes a folder. */
const GRACE = 1000
/** The last folder must be a new one: what is there already may be a link to somewhere else. */
const MAKE = 'mkdir -p -m 0700 -- "$1" && exec mkdir -m 0700 -- "$2"'

/**
 * See that a folder is there: a unit can be let into one only then. What the agent may not make, a unit does that may write
 * to the nearest folder above it, and does nothing else. `path` is full and without detours. Throws `FolderRefused`, and
 * what `asTransientUnit` throws.
 */
export async function makeFolderInUnit(
  asUnit: AsUnit,
  { runId, path }: { readonly runId: string; readonly path: string },
): Promise<void> {
  const shown = showFileName(path)
  try {
    await mkdir(path, { mode: OURS_ALONE })
    return
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') return
    if (code !== 'EROFS' && code !== 'ENOENT')
      throw new FolderRefused(reasonOf('folder_refused', { path: shown, said: String(error) }), { cause: error })
  }
  const program = {
    file: '/bin/sh',
    args: ['-c', MAKE, 'sh', dirname(path), path],
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
  }
  const confines = {
    runId: `${runId}-folder`,
    writablePaths: [await nearestFolder(dirname(path))],
    graceMilliseconds: GRACE,
  }
  const end = await runProgram({ tool: 'mkdir', secrets: [], ...asUnit(program, confines) })
  const { exitCode, stderrTail: said } = end
  if (exitCode === 0) return
  if (said !== '') throw new FolderRefused(reasonOf('folder_refused', { path: shown, said }))
  throw new FolderRefused(reasonOf('folder_not_made', { path: shown, exitCode: exitCode ?? 'null' }))
}

async function nearestFolder(path: string): Promise<string> {
  const found = await lstat(path).catch(() => undefined)
  return found !== undefined || path === dirname(path) ? path : await nearestFolder(dirname(path))
}
