import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import type { RouterHistory } from '@tanstack/react-router'
import { type ReactElement, useCallback, useState } from 'react'
import type { ConnectedClient, Enter } from '../client/create-client.ts'
import { cssVariables, theme } from '../theme.ts'
import { InWorkspace } from './InWorkspace.tsx'

export interface AppProps {
  /** The connection that this window begins with. */
  readonly first: ConnectedClient
  /** Opens another one, in another workspace. */
  readonly enter: Enter
  /** The address bar's hash in a window; memory in the gallery and in tests. */
  readonly history: RouterHistory
  /** What style tags must carry; empty where no content security policy asks for it. */
  readonly nonce: string
}

/** The whole console over one client at a time: with another workspace everything below is another, and nothing stays. */
export function App({ first, enter, history, nonce }: AppProps): ReactElement {
  const [entered, setEntered] = useState({ connected: first, at: 0 })
  const switchTo = useCallback(
    (workspaceId: string | null, path = '/') => {
      entered.connected.leave()
      // What the address names is not there.
      history.replace(path)
      setEntered({ connected: enter(workspaceId), at: entered.at + 1 })
    },
    [entered, enter, history],
  )
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      {...(nonce === '' ? {} : { getStyleNonce: () => nonce })}
    >
      <Notifications position="bottom-right" limit={3} />
      <InWorkspace key={entered.at} connected={entered.connected} history={history} switchTo={switchTo} />
    </MantineProvider>
  )
}
