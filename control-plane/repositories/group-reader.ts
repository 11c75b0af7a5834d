import type { Backend } from '../../engine/repository/native/backend.ts'
import { HeldOpen } from '../../engine/repository/held-open.ts'
import { NativeRepository } from '../../engine/repository/native/native-repository.ts'
import type { SeenSnapshot } from './machines-seen.ts'
import type { Place } from './place.ts'

/** Milliseconds that a repository has for being looked at. */
const PATIENCE = 60_000

export interface Looked {
  readonly repositoryId: string
  readonly snapshots: readonly SeenSnapshot[]
}

/** A group's repository, held open: its keys and what was read of its snapshots stay in memory. */
export class GroupReader {
  readonly backend: Backend
  readonly #native: HeldOpen<NativeRepository>
  readonly #closing: AbortSignal

  /** `closing`: nobody wants to know any more. */
  constructor({ backend, access }: Place, cacheDirectory: string, closing: AbortSignal) {
    this.backend = backend
    this.#closing = closing
    const { password } = access
    this.#native = new HeldOpen(() =>
      NativeRepository.open({ backend, password, cacheDirectory }, { signal: this.#patience() }),
    )
  }

  /** What is there now. Throws what opening and reading a repository throws. */
  async look(): Promise<Looked> {
    const signal = this.#patience()
    const native = await this.#native.get()
    const snapshots = await native.snapshots({ signal })
    if (snapshots.length > 0) return { repositoryId: native.id, snapshots }
    // What was made anew in its place has other keys, with which none of its snapshots would open.
    this.#native.forget()
    const again = await this.#native.get()
    return { repositoryId: again.id, snapshots: await again.snapshots({ signal }) }
  }

  #patience(): AbortSignal {
    return AbortSignal.any([this.#closing, AbortSignal.timeout(PATIENCE)])
  }
}
