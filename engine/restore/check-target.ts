import type { Stats } from 'node:fs'
import { lstat, readdir, realpath, statfs } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { conflictFor, Fault } from '../../contract/errors.ts'
import { reasonOf } from '../../contract/reasons.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import type { Target } from '../../contract/shapes/restore.ts'
import { fileNameFromBytes } from '../file-name.ts'
import { localPathOf } from '../restic/repository.ts'
import { isWithin } from './paths.ts'
import { folderOfStranger, isOpenToStrangers } from './safe-parents.ts'
import { unusable } from './target-view.ts'

export interface TargetQuestion {
  readonly target: Target
  readonly stagingRoot: string
  /** Names the folder below the staging root. */
  readonly runId: string
  readonly repositoryUrl: string
}

export interface CheckedTarget {
  /** The folder to write to, without symbolic links on the way; `/` in place. */
  readonly path: string
  /** It is absent or empty. */
  readonly fresh: boolean
  /** Bytes that may still be written there; null where that cannot be told. */
  readonly free: number | null
}

/**
 * Whether a restore may write there; creates nothing. In place nothing is known yet: the plan looks at each path. Throws
 * `conflict`: `target_not_empty` of a staging folder, `target_in_repository` (either within the other), or
 * `target_unusable`, whose `detail` says why.
 */
export async function checkTarget(question: TargetQuestion): Promise<CheckedTarget> {
  const { target, stagingRoot, runId } = question
  if (target.kind === 'in-place') return { path: '/', fresh: false, free: null }
  const asked = target.kind === 'staging' ? join(resolve(stagingRoot), runId) : resolve(target.path)
  if (asked === '/') throw unusable(asked, 'target_root')
  // A program's arguments are UTF-8 without NUL: restic could not be told of any other folder.
  if (!asked.isWellFormed() || asked.includes('\0')) throw unusable(asked, 'target_name')
  const folder = await nearestFolder(dirname(asked))
  if (target.kind === 'path' && folder !== dirname(asked)) throw unusable(asked, 'target_without_parent')
  const realFolder = fileNameFromBytes(await realpath(folder, { encoding: 'buffer' }))
  const path = join(realFolder, relative(folder, asked))
  if (!path.isWellFormed()) throw unusable(path, 'target_name')
  const fresh = await isFresh(path, target)
  await refuseRepository(path, question.repositoryUrl)
  await refuseStrangers({ path, fresh })
  return { path, fresh, free: await freeBytes(realFolder) }
}

async function nearestFolder(path: string): Promise<string> {
  for (let folder = path; ; folder = dirname(folder)) {
    const found = await statOrNothing(await realpathOrSame(folder))
    if (found?.isDirectory()) return folder
    if (found !== undefined) throw unusable(folder, 'target_not_a_folder')
  }
}

async function isFresh(path: string, target: Target): Promise<boolean> {
  const found = await statOrNothing(path)
  if (found === undefined) return true
  if (found.isSymbolicLink()) throw unusable(path, 'target_link')
  if (!found.isDirectory()) throw unusable(path, 'target_not_a_folder')
  const names = await readdir(path, { encoding: 'buffer' }).catch((cause: unknown) => {
    throw unusable(path, 'target_unreadable', cause)
  })
  if (target.kind === 'staging') throw conflict('target_not_empty', path)
  if (runsAsRoot() && found.uid !== 0) throw unusable(path, 'target_of_another')
  return names.length === 0
}

async function refuseRepository(path: string, repositoryUrl: string): Promise<void> {
  const local = localPathOf(repositoryUrl)
  if (local === undefined) return
  const repository = await realpathOrSame(resolve(local))
  if (isWithin(path, repository) || isWithin(repository, path)) throw conflict('target_in_repository', path)
}

/** One that is fresh is closed to all others before anything is written to it. */
async function refuseStrangers({ path, fresh }: Pick<CheckedTarget, 'path' | 'fresh'>): Promise<void> {
  if (!runsAsRoot()) return
  const isOpen = !fresh && (await isOpenToStrangers(path, 0))
  const folder = isOpen ? path : await folderOfStranger(path, 0)
  if (folder === undefined) return
  const reason = reasonOf('target_open', { path: showFileName(path), folder: showFileName(folder) })
  throw conflictFor('target_unusable', reason)
}

async function freeBytes(folder: string): Promise<number | null> {
  try {
    const found = await statfs(folder)
    return found.bavail * found.bsize
  } catch {
    return null
  }
}

function runsAsRoot(): boolean {
  return process.geteuid?.() === 0
}

async function statOrNothing(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path)
  } catch (error) {
    if (isAbsence(error)) return undefined
    throw unusable(path, 'target_unreadable', error)
  }
}

async function realpathOrSame(path: string): Promise<string> {
  return await realpath(path).catch(() => path)
}

function isAbsence(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function conflict(what: string, path: string): Fault<'conflict'> {
  return new Fault('conflict', { what, detail: showFileName(path) })
}
