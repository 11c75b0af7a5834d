import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactElement, type ReactNode, useContext, useEffect, useMemo } from 'react'
import type { Workspace, WorkspaceView } from '../../contract/shapes/workspace.ts'
import { useClient } from './client-context.tsx'
import { useStream } from './use-stream.ts'

interface Workspaces {
  /** The one that this window works in; undefined until it is known. */
  readonly current: Workspace | undefined
  /** All of them, by name; undefined until they are known. */
  readonly all: readonly WorkspaceView[] | undefined
  /** Leave this one for another, with all that is on the screen, to a path there; null for the one that was used last. */
  switchTo(workspaceId: string | null, path?: string): void
}

const WorkspacesContext = createContext<Workspaces | null>(null)

interface WorkspacesProviderProps {
  readonly switchTo: Workspaces['switchTo']
  readonly children: ReactNode
}

/** Follows the workspaces, and which of them this window is in. */
export function WorkspacesProvider({ switchTo, children }: WorkspacesProviderProps): ReactElement {
  const client = useClient()
  const info = useQuery({ queryKey: ['system'], queryFn: ({ signal }) => client.system.info(undefined, { signal }) })
  const { value: all } = useStream<readonly WorkspaceView[] | undefined, readonly WorkspaceView[]>({
    key: 'workspaces',
    initial: undefined,
    open: (signal) => client.workspaces.watch(undefined, { signal }),
    reduce: (_, lists) => lists.at(-1),
  })
  const entered = info.data?.workspace
  const current = useMemo(() => all?.find(({ id }) => id === entered?.id) ?? entered, [all, entered])
  // Somebody has removed it: there is nothing more to do here.
  const isGone = all !== undefined && entered !== undefined && !all.some(({ id }) => id === entered.id)
  useEffect(() => {
    if (isGone) switchTo(null)
  }, [isGone, switchTo])
  const workspaces = useMemo(() => ({ current, all, switchTo }), [current, all, switchTo])
  return <WorkspacesContext value={workspaces}>{children}</WorkspacesContext>
}

/** The workspaces there are, the one that this window works in, and the way to another. */
export function useWorkspaces(): Workspaces {
  const workspaces = useContext(WorkspacesContext)
  if (workspaces === null) throw new Error('WorkspacesProvider is missing')
  return workspaces
}
