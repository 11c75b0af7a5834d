import {
  createContext,
  type ReactElement,
  type ReactNode,
  useContext,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react'
import type { Selection } from '../../../contract/shapes/restore.ts'
import { TreesProvider, useTreeCache } from '../trees/index.ts'
import { type SnapshotKey, SnapshotTrees } from './snapshot-trees.ts'

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

const TreesContext = createContext<SnapshotTrees | null>(null)

/** Keeps what was read, and what was opened and selected in each snapshot, for as long as the window is open. */
export function BasketProvider({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <TreesProvider>
      <OpenTrees>{children}</OpenTrees>
    </TreesProvider>
  )
}

function OpenTrees({ children }: { readonly children: ReactNode }): ReactElement {
  const cache = useTreeCache()
  const [trees] = useState(() => new SnapshotTrees(cache))
  return <TreesContext value={trees}>{children}</TreesContext>
}

/** The trees of the snapshots that this window has open. */
export function useSnapshotTrees(): SnapshotTrees {
  const trees = useContext(TreesContext)
  if (trees === null) throw new Error('BasketProvider is missing')
  return trees
}

/** What is selected in a snapshot now; the same object until that changes. */
export function useSelection(key: SnapshotKey): SnapshotSelection {
  const trees = useSnapshotTrees()
  const tree = useSyncExternalStore(trees.subscribe, () => trees.find(key))
  const chosen = useSyncExternalStore(tree?.subscribe ?? never, tree?.chosen ?? nothing)
  return useMemo(
    () => ({
      include: [...chosen.include],
      exclude: [...chosen.exclude],
      count: chosen.count,
      bytes: chosen.bytes,
      exact: chosen.unread === 0,
      clear: () => tree?.clearSelection(),
    }),
    [tree, chosen],
  )
}

const NOTHING = { include: [], exclude: [], count: 0, bytes: 0, unread: 0 } as const
const nothing = (): typeof NOTHING => NOTHING
const never = () => () => undefined
