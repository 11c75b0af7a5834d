import { listLocks } from '../restic/locks.ts'
import type { ResticRepository } from '../restic/repository.ts'
import { chooseBackend } from './native/backends/choose-backend.ts'

/**
 * Who holds a repository so that nobody else may use it, as `user@host (pid)`; null when nobody does. Where our own reader
 * sees that there is no lock at all, restic is not asked. Writes nothing. Throws what `listLocks` and a backend throw.
 */
export async function exclusiveHolder(
  repository: ResticRepository,
  options: { readonly signal?: AbortSignal },
): Promise<string | null> {
  const seen = await chooseBackend(repository)?.list('locks', options)
  if (seen?.length === 0) return null
  const locks = await listLocks(repository, options)
  return locks.find(({ exclusive }) => exclusive)?.by ?? null
}
