import type { ServedBy } from '../../../contract/shapes/tree.ts'

/** How a repository's directories came to this window. */
export interface Served {
  /** Who read the last of them. */
  readonly servedBy: ServedBy
  /** When the oldest of those was read that the console had kept; null when all came straight from the host. */
  readonly keptSince: string | null
}

interface Repository {
  readonly hostId: string
  readonly repositoryId: string
}

/** Who reads each repository's directories, as far as this window has seen. */
export class ServedRepositories {
  readonly #served = new Map<string, Served>()
  readonly #listeners = new Set<() => void>()

  /** For React's `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** Undefined while nothing was read; the same object until something changes. */
  of(repository: Repository): Served | undefined {
    return this.#served.get(keyOf(repository))
  }

  note(repository: Repository, { servedBy, keptSince }: Served): void {
    const key = keyOf(repository)
    const before = this.#served.get(key)
    const oldest = older(before?.keptSince ?? null, keptSince)
    if (before?.servedBy === servedBy && before.keptSince === oldest) return
    this.#served.set(key, { servedBy, keptSince: oldest })
    for (const listener of this.#listeners) listener()
  }
}

function older(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other
  return one < other ? one : other
}

function keyOf({ hostId, repositoryId }: Repository): string {
  return JSON.stringify([hostId, repositoryId])
}
