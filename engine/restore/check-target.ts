import type { Stats } from 'node:fs'
import { lstat, readdir, realpath, statfs } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { Fault } from '../../contract/errors.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import type { Target } from '../../contract/shapes/restore.ts'
import { fileNameFromBytes } from '../file-name.ts'
import { localPathOf } from '../restic/repository.ts'
import { folderOfStranger } from './safe-parents.ts'

export interface TargetQuestion {
  readonly target: Target
  readonly stagingRoot: string
  /** Names the folder below the staging root. */
  readonly runId: string
  readonly repositoryUrl: string
}

export interface CheckedTarget {
  /** The folder to write to, absent or empty, without symbolic links on the way. */
  readonly path: string
  /** Bytes that may still be written there; null where that cannot be told. */
  readonly free: number | null
}

/**
 * Whether a restore may write there; creates nothing. Throws `conflict`: `target_not_empty`, `target_in_repository`
 * (either within the other), or `target_unusable`, whose `detail` says why.
 */
export async function checkTarget(question: TargetQuestion): Promise<CheckedTarget> {
  const { target, stagingRoot, runId } = question
  const asked = target.kind === 'staging' ? join(resolve(stagingRoot), runId) : resolve(target.path)
  if (asked === '/') throw unusable(asked, 'it is the root of the file system')
  // A program's arguments are UTF-8 without NUL: restic could not be told of any other folder.
  if (!asked.isWellFormed() || asked.includes('\0')) throw unusable(asked, 'its name is not valid UTF-8')
  const folder = await nearestFolder(dirname(asked))
  if (target.kind === 'path' && folder !== dirname(asked)) throw unusable(asked, 'the folder above it does not exist')
  const realFolder = fileNameFromBytes(await realpath(folder, { encoding: 'buffer' }))
  const path = join(realFolder, relative(folder, asked))
  if (!path.isWellFormed()) throw unusable(path, 'its name is not valid UTF-8')
  await refuseOccupied(path, target)
  await refuseRepository(path, question.repositoryUrl)
  await refuseStrangers(path)
  return { path, free: await freeBytes(realFolder) }
}

async function nearestFolder(path: string): Promise<string> {
  for (let folder = path; ; folder = dirname(folder)) {
    const found = await statOrNothing(await realpathOrSame(folder))
    if (found?.isDirectory()) return folder
    if (found !== undefined) throw unusable(folder, 'it is not a folder')
  }
}

async function refuseOccupied(path: string, target: Target): Promise<void> {
  const found = await statOrNothing(path)
  if (found === undefined) return
  if (found.isSymbolicLink()) throw unusable(path, 'it is a symbolic link')
  if (!found.isDirectory()) throw unusable(path, 'it is not a folder')
  const names = await readdir(path, { encoding: 'buffer' }).catch((cause: unknown) => {
    throw unusable(path, 'it cannot be read', cause)
  })
  if (names.length > 0 || target.kind === 'staging') throw conflict('target_not_empty', path)
  if (runsAsRoot() && found.uid !== 0) throw unusable(path, 'it belongs to another user')
}

async function refuseRepository(path: string, repositoryUrl: string): Promise<void> {
  const local = localPathOf(repositoryUrl)
  if (local === undefined) return
  const repository = await realpathOrSame(resolve(local))
  if (isWithin(path, repository) || isWithin(repository, path)) throw conflict('target_in_repository', path)
}

async function refuseStrangers(path: string): Promise<void> {
  if (!runsAsRoot()) return
  const folder = await folderOfStranger(path, 0)
  if (folder === undefined) return
  throw unusable(path, `a user other than root can change ${showFileName(folder)} while files are written`)
}

async function freeBytes(folder: string): Promise<number | null> {
  try {
    const found = await statfs(folder)
    return found.bavail * found.bsize
  } catch {
    return null
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

function runsAsRoot(): boolean {
  return process.geteuid?.() === 0
}

async function statOrNothing(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path)
  } catch (error) {
    if (isAbsence(error)) return undefined
    throw unusable(path, 'it cannot be read', error)
  }
}

async function realpathOrSame(path: string): Promise<string> {
  return await realpath(path).catch(() => path)
}

function isAbsence(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function unusable(path: string, reason: string, cause?: unknown): Fault<'conflict'> {
  const detail = `${showFileName(path)}: ${reason}`
  return new Fault('conflict', { what: 'target_unusable', detail }, cause === undefined ? {} : { cause })
}

function conflict(what: string, path: string): Fault<'conflict'> {
  return new Fault('conflict', { what, detail: showFileName(path) })
}
