import { createContext, type ReactElement, type ReactNode, useCallback, useContext, useState } from 'react'
import { type ChosenManner, USUAL_MANNER } from './restore-choice.ts'

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

/** How a restore on this host is meant, and what changes that. */
export function useDraft(hostId: string): readonly [ChosenManner, (manner: ChosenManner) => void] {
  const drafts = useDrafts()
  return [drafts.all.get(hostId) ?? USUAL_MANNER, (manner) => drafts.keep(hostId, manner)]
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
