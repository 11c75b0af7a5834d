import type { FurtherRestore, NewRestore, RestoreManner, RestoreSource } from '../../contract/shapes/restore.ts'
import type { SavedFolder } from '../journal/saved-store.ts'

/** A restore with all that must be known to plan it, whether somebody put it together or it follows from a run. */
export interface WantedRestore {
  readonly repositoryId: string
  readonly sources: readonly RestoreSource[]
  readonly manner: RestoreManner
  readonly follows: FurtherRestore | null
  /** What an earlier run created and is to go, as paths on this host. */
  readonly remove: readonly string[]
  /** Folders that get back what they were once it is done. */
  readonly folders: readonly SavedFolder[]
}

/** A restore that somebody put together. In place each item has its own path. */
export function newlyWanted(asked: NewRestore): WantedRestore {
  const { repositoryId, sources, target, conflicts, deleteExtra, readBack } = asked
  const layout = target.kind === 'in-place' ? 'full-path' : asked.layout
  const manner = { target, layout, conflicts, deleteExtra, readBack }
  return { repositoryId, sources, manner, follows: null, remove: [], folders: [] }
}
