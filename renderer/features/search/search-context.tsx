import {
  createContext,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useState,
  useSyncExternalStore,
} from 'react'
import type { ConsoleClient } from '../../../contract/console/index.ts'
import { useClient } from '../../client/client-context.tsx'
import type { SearchAddress } from './search-form.ts'
import { SearchKeeper } from './search-keeper.ts'
import type { SearchInput } from './search-query.ts'
import type { SearchRun } from './search-run.ts'

const KeeperContext = createContext<SearchKeeper | null>(null)

/** Keeps the window's search, for as long as the window is open. */
export function SearchProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const [keeper] = useState(() => new SearchKeeper())
  return <KeeperContext value={keeper}>{children}</KeeperContext>
}

/** Where the search screen was last: whoever comes back to it finds it so. */
export function useLastSearch(): SearchAddress {
  return useKeeper().address
}

function useKeeper(): SearchKeeper {
  const keeper = useContext(KeeperContext)
  if (keeper === null) throw new Error('SearchProvider is missing')
  return keeper
}

export interface Search {
  /** Null while nothing is looked for. */
  readonly run: SearchRun | null
  /** What is shown is of the search before. */
  readonly isEarlier: boolean
  stop(): void
  again(): void
  /** What is open, or where the keyboard is, has changed. */
  tell(): void
}

/** Searches for as long as the component is on the screen; other `input` stops what was going on. */
export function useSearch(input: SearchInput | null, address: SearchAddress): Search {
  const keeper = useKeeper()
  const client = useClient()
  useSyncExternalStore(keeper.subscribe, keeper.version)
  useEffect(() => keeper.remember(address), [keeper, address])
  const key = input === null ? '' : JSON.stringify(input)
  const wanted = useEffectEvent(() => (input === null ? null : searchFor(client, input, key)))
  useEffect(() => {
    const search = wanted()
    if (search === null) keeper.clear()
    else keeper.begin(search)
    return () => keeper.stop()
  }, [keeper, key])
  const run = input === null ? null : keeper.run
  return {
    run,
    isEarlier: run !== null && run.key !== key,
    stop: () => keeper.stop(),
    again: () => input !== null && keeper.again(searchFor(client, input, key)),
    tell: () => keeper.tell(),
  }
}

function searchFor(client: ConsoleClient, input: SearchInput, key: string) {
  return {
    key,
    grouped: input.scope.kind === 'everywhere',
    open: (signal: AbortSignal) => client.search.find(input, { signal }),
  }
}
