import { createContext, type ReactElement, type ReactNode, useContext, useState, useSyncExternalStore } from 'react'
import { useClient } from '../../client/client-context.tsx'
import { FolderTotalsStore } from './folder-totals.ts'
import type { Served } from './served-repositories.ts'
import { TreeCache } from './tree-cache.ts'

interface Trees {
  readonly cache: TreeCache
  readonly totals: FolderTotalsStore
}

const TreesContext = createContext<Trees | null>(null)

/** Keeps the directories that were read and what was counted in them, for as long as the window is open. */
export function TreesProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const client = useClient()
  const [trees] = useState(() => ({ cache: new TreeCache(client), totals: new FolderTotalsStore(client) }))
  return <TreesContext value={trees}>{children}</TreesContext>
}

/** The directories that this window has read. */
export function useTreeCache(): TreeCache {
  return useTrees().cache
}

/** What was counted in directories; what uses it is drawn again when a count changes. */
export function useFolderTotals(): FolderTotalsStore {
  const { totals } = useTrees()
  useSyncExternalStore(totals.subscribe, totals.version)
  return totals
}

/** Who reads a repository's directories; undefined while this window has read none. */
export function useServed(repository: { readonly hostId: string; readonly repositoryId: string }): Served | undefined {
  const { served } = useTrees().cache
  return useSyncExternalStore(served.subscribe, () => served.of(repository))
}

function useTrees(): Trees {
  const trees = useContext(TreesContext)
  if (trees === null) throw new Error('TreesProvider is missing')
  return trees
}
