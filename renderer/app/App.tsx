import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { type RouterHistory, RouterProvider } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import type { ConsoleClient } from '../../contract/console/index.ts'
import { ClientProvider } from '../client/client-context.tsx'
import type { ConnectionState } from '../client/connection.ts'
import { HostsProvider } from '../client/hosts-context.tsx'
import { KeysProvider } from '../components/keys.tsx'
import { TrailProvider } from '../components/trail.tsx'
import { BasketProvider } from '../features/basket/index.ts'
import { RestoreDrafts } from '../features/restore/index.ts'
import { SearchProvider } from '../features/search/index.ts'
import { cssVariables, theme } from '../theme.ts'
import { createQueryClient } from './query-client.ts'
import { createRouter } from './routes.tsx'

export interface AppProps {
  readonly client: ConsoleClient
  readonly connection: ConnectionState
  /** The address bar's hash in a window; memory in the gallery and in tests. */
  readonly history: RouterHistory
  /** What style tags must carry; empty where no content security policy asks for it. */
  readonly nonce: string
}

/** The whole console over one client. */
export function App({ client, connection, history, nonce }: AppProps): ReactElement {
  const [router] = useState(() => createRouter(history))
  const [queries] = useState(createQueryClient)
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      {...(nonce === '' ? {} : { getStyleNonce: () => nonce })}
    >
      <Notifications position="bottom-right" limit={3} />
      <ClientProvider client={client} connection={connection}>
        <QueryClientProvider client={queries}>
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
        </QueryClientProvider>
      </ClientProvider>
    </MantineProvider>
  )
}
