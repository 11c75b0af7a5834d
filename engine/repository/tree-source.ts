import { Fault, isFault } from '../../contract/errors.ts'
import type { ServedBy } from '../../contract/shapes/tree.ts'
import { readBlob } from '../restic/blob.ts'
import type { ResticRepository } from '../restic/repository.ts'
import { HeldOpen } from './held-open.ts'
import type { Backend, TreeReading } from './native/backend.ts'
import { chooseBackend } from './native/backends/choose-backend.ts'
import { NativeRepository } from './native/native-repository.ts'
import { Turns } from './turns.ts'

/** The stored form of trees, and the blobs of files, whoever reads them. */
export interface TreeSource {
  /** Throws `not_found` (`tree`), `cancelled`, and what opening a repository throws. */
  read(treeId: string, reading: TreeReading & { readonly signal: AbortSignal }): Promise<Buffer>
  /** A piece of a file's content by its id. Throws `not_found` (`blob`), and as `read` does. */
  readBlob(id: string, reading: { readonly signal: AbortSignal }): Promise<Buffer>
  readonly served: ServedBy
  /** How many trees may be asked for at once. */
  readonly atOnce: number
  /** Let go of keys and index; the next one who reads opens anew. */
  forget(): void
}

/** Enough to fill the round trips of a distant server, few enough to be polite to it. */
const NATIVE_AT_ONCE = 8

/** Faults about which restic would say nothing else; with any other trouble of ours, restic is asked. */
const FINAL = ['wrong_password', 'unauthenticated', 'repository_not_initialised', 'cancelled'] as const

/**
 * Trees read in process from a repository that is held open, where its backend is one we know; else, or whenever that
 * fails, by `restic cat blob`, which alone keeps names that are not UTF-8.
 */
export function openTreeSource(repository: ResticRepository, backend = chooseBackend(repository)): TreeSource {
  if (backend === undefined) return resticTreeSource(repository)
  const native = new HeldOpen(() => openNative(repository, backend))
  // Every restic opens the repository by itself: a key derivation and the whole index in memory each.
  const resticTurns = new Turns(1)
  let served: ServedBy = 'native'
  return {
    get served() {
      return served
    },
    atOnce: NATIVE_AT_ONCE,
    forget: () => native.forget(),
    async read(treeId, reading) {
      try {
        const tree = await (await native.get()).readTree(treeId, reading)
        served = 'native'
        return tree
      } catch (error) {
        if (reading.signal.aborted) throw new Fault('cancelled', {}, { cause: error })
        if (FINAL.some((code) => isFault(error, code))) throw error
      }
      served = 'restic'
      return resticTurns.take(async () => askRestic(repository, treeId, reading.signal))
    },
    readBlob: (id, { signal }) => resticTurns.take(() => readBlob(repository, id, { signal })),
  }
}

/** Trees that restic prints: for every backend it has, a second or more each. */
export function resticTreeSource(repository: ResticRepository): TreeSource {
  return {
    served: 'restic',
    atOnce: 1,
    read: (treeId, { signal }) => askRestic(repository, treeId, signal),
    readBlob: (id, { signal }) => readBlob(repository, id, { signal }),
    forget: () => undefined,
  }
}

function openNative({ access, cacheDirectory }: ResticRepository, backend: Backend): Promise<NativeRepository> {
  return NativeRepository.open({ backend, password: access.password, cacheDirectory }, {})
}

async function askRestic(repository: ResticRepository, treeId: string, signal: AbortSignal): Promise<Buffer> {
  try {
    return await readBlob(repository, treeId, { signal })
  } catch (error) {
    if (isFault(error, 'not_found')) throw new Fault('not_found', { what: 'tree', id: treeId })
    throw error
  }
}
