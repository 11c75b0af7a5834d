import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactElement, type ReactNode, useCallback, useContext, useState } from 'react'
import { restoreDefaultOn } from '../../../contract/shapes/restore-default.ts'
import { useClient } from '../../client/client-context.tsx'
import { type ChosenManner, mannerOfDefault, USUAL_MANNER } from './restore-choice.ts'

interface Drafts {
  readonly all: ReadonlyMap<string, ChosenManner>
  keep(hostId: string, manner: ChosenManner): void
}

const DraftsContext = createContext<Drafts | null>(null)

/** Keeps where to and how a restore on each host was meant, while one goes to the tree and comes back. */
export function RestoreDrafts({ children }: { readonly children: ReactNode }): ReactElement {
  const [all, setAll] = useState<ReadonlyMap<string, ChosenManner>>(new Map())
  const keep = useCallback(
    (hostId: string, manner: ChosenManner) => setAll((before) => new Map([...before, [hostId, manner]])),
    [],
  )
  return <DraftsContext value={{ all, keep }}>{children}</DraftsContext>
}

/** What is remembered of where restores go where nobody says otherwise. */
export const RESTORE_DEFAULTS = ['restore-defaults']

export interface Draft {
  readonly manner: ChosenManner
  /** False until it is known where restores go on this host. */
  readonly isKnown: boolean
  change(manner: ChosenManner): void
}

/** How a restore on this host is meant: as somebody has said, as the settings have it, or as usual where these cannot be read. */
export function useDraft(hostId: string): Draft {
  const client = useClient()
  const drafts = useDrafts()
  const own = drafts.all.get(hostId)
  const { data, isPending } = useQuery({
    queryKey: RESTORE_DEFAULTS,
    queryFn: ({ signal }) => client.restores.defaults(undefined, { signal }),
  })
  const manner = own ?? (data === undefined ? USUAL_MANNER : mannerOfDefault(restoreDefaultOn(hostId, data)))
  return { manner, isKnown: own !== undefined || !isPending, change: (changed) => drafts.keep(hostId, changed) }
}

/** Says how the next restore on a host is meant, before one goes there. */
export function useKeepDraft(): Drafts['keep'] {
  return useDrafts().keep
}

function useDrafts(): Drafts {
  const drafts = useContext(DraftsContext)
  if (drafts === null) throw new Error('RestoreDrafts is missing')
  return drafts
}
