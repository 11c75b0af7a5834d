import { chmod, lstat, mkdir, readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Fault } from '../../contract/errors.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import { hostPath, joined } from './paths.ts'
import type { RestorePass } from './restore-pass.ts'
import { refusedBySystem, unusable } from './target-view.ts'

/** Anyone may pass, no one may look. */
const STAGING_ROOT_MODE = 0o711
const OURS_ALONE = 0o700
const PERMISSIONS = 0o7777

/**
 * Make the folder that a restore writes to, or take an empty one, and close it to all other users: what is restored has
 * not yet the owner it will have. Throws `conflict` `target_not_empty` or `target_unusable`.
 */
export async function makeTargetFolder(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: STAGING_ROOT_MODE })
    await mkdir(path, { mode: OURS_ALONE }).catch(ignoreExisting)
    if (!(await lstat(path)).isDirectory()) throw unusable(path, 'target_not_a_folder')
    await refuseOccupied(path)
    await chmod(path, OURS_ALONE)
    // Something may have come in before the door was closed.
    await refuseOccupied(path)
  } catch (error) {
    if (error instanceof Fault) throw error
    throw refusedBySystem(path, error)
  }
}

async function refuseOccupied(path: string): Promise<void> {
  if ((await readdir(path, { encoding: 'buffer' })).length === 0) return
  throw new Fault('conflict', { what: 'target_not_empty', detail: showFileName(path) })
}

/**
 * Let the owner write again into folders that an earlier pass restored without that permission, where a later pass goes
 * on; restic then sets their permissions anew. Root needs no leave.
 */
export async function openFolders(targetPath: string, { patterns, folder: begin }: RestorePass): Promise<void> {
  if (patterns.kind === 'everything' || process.geteuid?.() === 0) return
  const folders = new Set(patterns.paths.flatMap(foldersAbove))
  for (const folder of [...folders].sort((left, right) => left.length - right.length)) {
    const path = hostPath(joined(joined(targetPath, begin), folder))
    const found = await lstat(path).catch(() => undefined)
    if (found?.isDirectory()) await chmod(path, (found.mode & PERMISSIONS) | OURS_ALONE)
  }
}

function foldersAbove(path: string): string[] {
  const folders: string[] = []
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) folders.push(path.slice(0, end))
  return folders
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
}
