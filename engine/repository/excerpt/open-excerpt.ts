import { openGateway } from '../gateway/gateway.ts'
import { chooseBackend, chooseLocks } from '../native/backends/choose-backend.ts'
import { NativeRepository } from '../native/native-repository.ts'
import { canLock } from '../../restic/restore-lock.ts'
import type { ResticRepository } from '../../restic/repository.ts'
import { excerptFiles } from './excerpt-files.ts'
import { type ExcerptWanted, excerptTrees } from './excerpt-trees.ts'
import { withMadeFiles } from './with-made-files.ts'

/** A part of a snapshot that restic sees as a snapshot of its own. */
export interface Excerpt extends AsyncDisposable {
  /** The repository as restic is to open it; it is there until the excerpt is given up. */
  readonly repository: ResticRepository
  readonly snapshotId: string
  /** False where restic cannot leave its lock. */
  readonly lockable: boolean
}

/** Whether excerpts can be made of a repository: our own reader must know where it lies. */
export function canExcerpt(repository: ResticRepository): boolean {
  return chooseBackend(repository) !== undefined
}

/**
 * Make an excerpt. Nothing is written: its few files are in memory, and a gateway on loopback shows them to restic among the
 * repository's own. restic's locks are passed on to the repository. Throws what opening a repository throws, and
 * `not_found` (path).
 */
export async function openExcerpt(
  repository: ResticRepository,
  wanted: ExcerptWanted & { readonly time: string },
  { signal }: { readonly signal?: AbortSignal | undefined },
): Promise<Excerpt> {
  const backend = chooseBackend(repository)
  if (backend === undefined) throw new RangeError('No excerpt can be made of this repository.')
  const { access, cacheDirectory } = repository
  const native = await NativeRepository.open({ backend, password: access.password, cacheDirectory }, { signal })
  const trees = await excerptTrees(wanted, (treeId) => native.readTree(treeId, { signal, ahead: true }))
  const { snapshotId, files } = excerptFiles(trees, wanted.time, (text) => native.seal(text))
  const lockable = await canLock(repository)
  const locks = lockable ? chooseLocks(repository) : undefined
  const gateway = await openGateway({ backend: withMadeFiles(backend, files), locks })
  const { url, username, password: serverPassword } = gateway
  return {
    repository: { ...repository, access: { ...access, url: `rest:${url}`, username, serverPassword } },
    snapshotId,
    lockable: locks !== undefined,
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  }
}
