import { constants, type Stats } from 'node:fs'
import { open } from 'node:fs/promises'
import { fileNameToBytes } from '../../engine/file-name.ts'
import type { SavedFolder } from '../journal/saved-store.ts'

const PERMISSIONS = 0o7777

/**
 * Give folders the owner, mode and time that they had. The deepest come first: what is done to one changes the time of the
 * folder above it. One that is gone, or something else by now, is left. Gives those that could not be changed, and why.
 */
export async function putBackFolders(
  folders: readonly SavedFolder[],
): Promise<{ readonly path: string; readonly reason: string }[]> {
  const failed: { path: string; reason: string }[] = []
  const deepestFirst = folders.toSorted((one, other) => depthOf(other.path) - depthOf(one.path))
  for (const folder of deepestFirst) {
    try {
      await putBack(folder)
    } catch (error) {
      if (!isGone(error)) failed.push({ path: folder.path, reason: String(error) })
    }
  }
  return failed
}

/** Through a descriptor, so that a link put in its place meanwhile is not followed. */
async function putBack({ path, mode, uid, gid, modifiedMs }: SavedFolder): Promise<void> {
  const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW
  const folder = await open(fileNameToBytes(path), flags)
  try {
    const found = await folder.stat()
    // One that nothing was done to may be where this process may not write.
    if (isAsSaved(found, { mode, uid, gid, modifiedMs })) return
    if (found.uid !== uid || found.gid !== gid) await folder.chown(uid, gid)
    // After the owner: a change of that takes set-user-id away.
    await folder.chmod(mode)
    await folder.utimes(found.atimeMs / 1000, modifiedMs / 1000)
  } finally {
    await folder.close()
  }
}

function isAsSaved(found: Stats, saved: Omit<SavedFolder, 'path'>): boolean {
  return (
    (found.mode & PERMISSIONS) === saved.mode &&
    found.uid === saved.uid &&
    found.gid === saved.gid &&
    found.mtimeMs === saved.modifiedMs
  )
}

function isGone(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP'
}

function depthOf(path: string): number {
  return path.split('/').length
}
