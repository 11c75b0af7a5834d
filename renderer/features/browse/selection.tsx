import { createContext, type ReactElement, type ReactNode, useContext } from 'react'
import type { Selection } from '../../../contract/shapes/restore.ts'

/** Names one snapshot as one host sees it. */
export interface SnapshotKey {
  readonly hostId: string
  readonly repositoryId: string
  readonly snapshotId: string
}

/** What is selected in a snapshot; `include` is empty when nothing is. */
export interface SnapshotSelection extends Selection {
  /** Things chosen: a directory with all that is in it is one. */
  readonly count: number
  /** Bytes of what is chosen, as far as its directories have been read. */
  readonly bytes: number
  /** False while a chosen directory has not been read, so that there may be more bytes. */
  readonly exact: boolean
  clear(): void
}

const SelectionContext = createContext<SnapshotSelection>({
  include: [],
  exclude: [],
  count: 0,
  bytes: 0,
  exact: true,
  clear: () => undefined,
})

/** Keeps what was opened and selected in each snapshot, for as long as the window is open. */
export function SelectionProvider({ children }: { readonly children: ReactNode }): ReactElement {
  return <>{children}</>
}

/** What is selected in a snapshot now. */
export function useSelection(_: SnapshotKey): SnapshotSelection {
  return useContext(SelectionContext)
}
