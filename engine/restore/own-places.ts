import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { Fault } from '../../contract/errors.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import { localPathOf, type ResticRepository } from '../restic/repository.ts'
import { isWithin, joined } from './paths.ts'
import { PlaceFinder } from './place-finder.ts'
import type { PreparedRestore } from './plan-restore.ts'
import { type TargetView, unusable } from './target-view.ts'

/** What looks like files there is the kernel speaking. */
const KERNEL = ['/proc', '/sys']

/**
 * Throws `conflict` for a plan that would write into the repository that it reads from (`target_in_repository`), or where
 * there are no files (`target_unusable`).
 */
export function refuseOwnPlaces(
  repository: ResticRepository,
  view: TargetView,
  prepared: Pick<PreparedRestore, 'items' | 'tops'>,
): void {
  const { items } = prepared
  const own = repositoryFolder(repository)
  const finder = new PlaceFinder(prepared)
  for (let at = 0; at < items.length; at += 1) {
    const action = items.action(at)
    if (action === 'skip' || action === 'unchanged') continue
    const path = joined(view.root, finder.place(at))
    if (own !== undefined && isWithin(path, own)) {
      throw new Fault('conflict', { what: 'target_in_repository', detail: showFileName(path) })
    }
    if (KERNEL.some((folder) => isWithin(path, folder))) throw unusable(path, 'target_kernel')
  }
}

/** Where the repository is, if it is on this host. */
export function repositoryFolder(repository: ResticRepository): string | undefined {
  const local = localPathOf(repository.access.url)
  if (local === undefined) return undefined
  try {
    return realpathSync(local)
  } catch {
    return resolve(local)
  }
}
