import { Fault, isFault } from '../../contract/errors.ts'
import type { Snapshot } from '../../contract/shapes/snapshot.ts'
import type { ServedBy } from '../../contract/shapes/tree.ts'
import { readBlob } from '../restic/blob.ts'
import type { ResticRepository } from '../restic/repository.ts'
import { listSnapshots } from '../restic/snapshots.ts'
import { HeldOpen } from './held-open.ts'
import type { Backend, TreeReading } from './native/backend.ts'
import { chooseBackend } from './native/backends/choose-backend.ts'
import { NativeRepository } from './native/native-repository.ts'
import { reach } from './probe.ts'
import { Turns } from './turns.ts'

interface Stoppable {
  readonly signal: AbortSignal
}

/** The stored form of trees, and what files hold, whoever reads them. */
export interface TreeSource {
  /** Throws `not_found` (`tree`), `cancelled`, and what opening a repository throws. */
  read(treeId: string, reading: TreeReading & Stoppable): Promise<Buffer>
  /**
   * The beginning of a file from the ids of its pieces, `limit` bytes or all there are. Throws `not_found` (`blob`), and as
   * `read` does.
   */
  readContents(ids: readonly string[], reading: Stoppable & { readonly limit: number }): Promise<Buffer>
  /** All snapshots, newest first, as they are now. Throws as `read` does. */
  snapshots(reading: Stoppable): Promise<Snapshot[]>
  /** Who read the last tree. */
  readonly served: ServedBy
  /** How many trees may be asked for at once. */
  readonly atOnce: number
  /** Let go of keys and index; the next one who reads opens anew. */
  forget(): void
}

/** Enough to fill the round trips of a distant server, few enough to be polite to it. */
const NATIVE_AT_ONCE = 8

/** Faults about which restic would say nothing else; with any other trouble of ours, restic is asked. */
const FINAL = ['wrong_password', 'unauthenticated', 'repository_not_initialised', 'conflict', 'cancelled'] as const

/**
 * Trees and files read in process from a repository that is held open, where its backend is one we know; else, or whenever
 * that fails, by `restic cat blob`, which alone keeps names that are not UTF-8.
 */
export function openTreeSource(repository: ResticRepository, backend = chooseBackend(repository)): TreeSource {
  const restic = resticTreeSource(repository)
  if (backend === undefined) return restic
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
        await mayResticHelp(repository, error, reading.signal)
      }
      served = 'restic'
      return resticTurns.take(() => restic.read(treeId, reading))
    },
    async readContents(ids, reading) {
      try {
        return await (await native.get()).readContents(ids, reading)
      } catch (error) {
        await mayResticHelp(repository, error, reading.signal)
      }
      return resticTurns.take(() => restic.readContents(ids, reading))
    },
    async snapshots(reading) {
      try {
        return await (await native.get()).snapshots(reading)
      } catch (error) {
        await mayResticHelp(repository, error, reading.signal)
      }
      return resticTurns.take(() => restic.snapshots(reading))
    },
  }
}

/** Trees and files that restic prints: for every backend it has, a second or more for each tree and each piece. */
export function resticTreeSource(repository: ResticRepository): TreeSource {
  return {
    served: 'restic',
    atOnce: 1,
    read: (treeId, { signal }) => askRestic(repository, treeId, signal),
    async readContents(ids, { limit, signal }) {
      const pieces: Buffer[] = []
      let length = 0
      for (const id of ids) {
        if (length >= limit) break
        const piece = await readBlob(repository, id, { signal })
        pieces.push(piece)
        length += piece.length
      }
      return Buffer.concat(pieces, Math.min(length, limit))
    },
    async snapshots({ signal }) {
      await reach(repository, { signal })
      return listSnapshots(repository, { signal })
    },
    forget: () => undefined,
  }
}

function openNative({ access, cacheDirectory }: ResticRepository, backend: Backend): Promise<NativeRepository> {
  return NativeRepository.open({ backend, password: access.password, cacheDirectory }, {})
}

/** Throws what restic could not mend. One that cannot reach a server says nothing for a quarter of an hour, so that is asked first. */
async function mayResticHelp(repository: ResticRepository, error: unknown, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw new Fault('cancelled', {}, { cause: error })
  if (FINAL.some((code) => isFault(error, code))) throw error
  if (isFault(error, 'unreachable')) await reach(repository, { signal })
}

async function askRestic(repository: ResticRepository, treeId: string, signal: AbortSignal): Promise<Buffer> {
  try {
    return await readBlob(repository, treeId, { signal })
  } catch (error) {
    if (isFault(error, 'not_found')) throw new Fault('not_found', { what: 'tree', id: treeId })
    throw error
  }
}
