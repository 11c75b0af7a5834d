import { lstat, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Fault } from '../../contract/errors.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import { runProgram } from '../../engine/process/program.ts'
import type { Units } from './restore-unit.ts'

const OURS_ALONE = 0o700
/** Milliseconds; it makes a folder. */
const GRACE = 1000
/** The last folder must be a new one: what is there already may be a link to somewhere else. */
const MAKE = 'mkdir -p -- "$1" && exec mkdir -m 0700 -- "$2"'

/**
 * See that a restore's target is there: a unit can be let into a folder only then. What the agent may not make, a first
 * unit does, which may write to the folder above it, and does nothing else. `path` is as `checkTarget` gave it. Throws
 * `conflict` (`target_unusable`).
 */
export async function makeFolderInUnit(
  units: Units,
  { runId, path }: { readonly runId: string; readonly path: string },
): Promise<void> {
  try {
    await mkdir(path, { mode: OURS_ALONE })
    return
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') return
    if (code !== 'EROFS' && code !== 'ENOENT') throw unusable(path, String(error), error)
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
  const end = await runProgram({ tool: 'mkdir', secrets: [], ...units.asUnit(program, confines) })
  if (end.exitCode === 0) return
  throw unusable(path, end.stderrTail || `the unit that should make it ended with exit code ${end.exitCode}`)
}

async function nearestFolder(path: string): Promise<string> {
  const found = await lstat(path).catch(() => undefined)
  return found !== undefined || path === dirname(path) ? path : await nearestFolder(dirname(path))
}

function unusable(path: string, reason: string, cause?: unknown): Fault<'conflict'> {
  const detail = `${showFileName(path)}: ${reason}`
  return new Fault('conflict', { what: 'target_unusable', detail }, cause === undefined ? {} : { cause })
}
