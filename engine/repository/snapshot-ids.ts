import type { ResticRepository } from '../restic/repository.ts'
import { chooseBackend } from './native/backends/choose-backend.ts'

/**
 * The ids of the snapshots that are there now, in any order: the names of files, for which nothing is opened and no password
 * is needed. Undefined where only restic could tell. Throws `unreachable`, `unauthenticated`,
 * `repository_not_initialised`, `cancelled`.
 */
export async function snapshotIds(
  repository: ResticRepository,
  { signal }: { readonly signal: AbortSignal },
): Promise<readonly string[] | undefined> {
  return chooseBackend(repository)?.list('snapshots', { signal })
}
