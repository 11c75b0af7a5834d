import { accessSync, constants } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { isFault } from '../../contract/errors.ts'
import { runProgram } from '../process/program.ts'

/** A restic binary that is there and new enough. */
export interface Restic {
  readonly path: string
  readonly version: string
}

export interface ResticFound {
  readonly restic: Restic | null
  /** The version of one that is there but too old. */
  readonly found: string | null
}

/** The first version whose errors, exit codes and dry run can be relied on. */
export const RESTIC_WANTED = '0.17.1'

const PATIENCE_MILLISECONDS = 10_000

/**
 * The first of the candidates that is new enough. A candidate is an absolute path, or a bare name that is looked for in
 * PATH. What is not there, does not answer or is not restic is passed over.
 */
export async function findRestic(candidates: readonly string[]): Promise<ResticFound> {
  let found: string | null = null
  for (const path of candidates.flatMap(filesOf)) {
    const version = await versionOf(path)
    if (version === undefined) continue
    if (isAtLeast(version, RESTIC_WANTED)) return { restic: { path, version }, found: null }
    found ??= version
  }
  return { restic: null, found }
}

/** True when `version` is `wanted` or newer; both begin with three numbers, and what follows them is not looked at. */
export function isAtLeast(version: string, wanted: string): boolean {
  const [ours, theirs] = [numbersOf(version), numbersOf(wanted)]
  for (const [at, least] of theirs.entries()) {
    const has = ours[at] ?? 0
    if (has !== least) return has > least
  }
  return true
}

function numbersOf(version: string): number[] {
  return (/^\d+(\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number)
}

function filesOf(candidate: string): string[] {
  if (isAbsolute(candidate)) return [candidate]
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(isAbsolute)
  return folders.map((folder) => join(folder, candidate)).filter(isExecutable)
}

/** `restic version` speaks text in every version; its `--json` began with 0.17. */
async function versionOf(path: string): Promise<string | undefined> {
  try {
    const end = await runProgram({
      tool: 'restic',
      wanted: RESTIC_WANTED,
      file: path,
      args: ['version'],
      env: { PATH: process.env['PATH'] ?? '' },
      secrets: [],
      signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
      graceMilliseconds: 1000,
    })
    return end.exitCode === 0 ? /^restic (\d+\.\d+\.\d+\S*)/m.exec(end.stdout)?.[1] : undefined
  } catch (error) {
    if (isFault(error, 'tool_missing') || isFault(error, 'tool_failed')) return undefined
    throw error
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
