import { QueryClientProvider } from '@tanstack/react-query'
import { type RouterHistory, RouterProvider } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { ClientProvider } from '../client/client-context.tsx'
import type { ConnectedClient } from '../client/create-client.ts'
import { HostsProvider } from '../client/hosts-context.tsx'
import { WorkspacesProvider } from '../client/workspaces-context.tsx'
import { KeysProvider } from '../components/keys.tsx'
import { TrailProvider } from '../components/trail.tsx'
import { BasketProvider } from '../features/basket/index.ts'
import { RestoreDrafts } from '../features/restore/index.ts'
import { SearchProvider } from '../features/search/index.ts'
import { createQueryClient } from './query-client.ts'
import { createRouter } from './routes.tsx'

interface InWorkspaceProps {
  readonly connected: ConnectedClient
  readonly history: RouterHistory
  /** Leave this workspace for another one; null for the one that was used last. */
  switchTo(workspaceId: string | null, path?: string): void
}

/** All that a window knows while it works in one workspace. */
export function InWorkspace({ connected, history, switchTo }: InWorkspaceProps): ReactElement {
  const [router] = useState(() => createRouter(history))
  const [queries] = useState(createQueryClient)
  return (
    <ClientProvider client={connected.client} connection={connected.connection}>
      <QueryClientProvider client={queries}>
        <WorkspacesProvider switchTo={switchTo}>
          <HostsProvider>
            <BasketProvider>
              <SearchProvider>
                <RestoreDrafts>
                  <KeysProvider>
                    <TrailProvider>
                      <RouterProvider router={router} />
                    </TrailProvider>
                  </KeysProvider>
                </RestoreDrafts>
              </SearchProvider>
            </BasketProvider>
          </HostsProvider>
        </WorkspacesProvider>
      </QueryClientProvider>
    </ClientProvider>
  )
}
