import { access, constants } from 'node:fs/promises'
import { join } from 'node:path'
import { localPathOf, type ResticRepository } from './repository.ts'

/**
 * Whether restic could put its lock into the repository. It cannot on read-only media, where it would try for a quarter
 * of an hour. Only a local repository is looked at: of another one nothing is known beforehand.
 */
export async function canLock(repository: ResticRepository): Promise<boolean> {
  const folder = localPathOf(repository.access.url)
  if (folder === undefined) return true
  try {
    await access(join(folder, 'locks'), constants.W_OK)
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && (error.code === 'EROFS' || error.code === 'EACCES'))
  }
}
