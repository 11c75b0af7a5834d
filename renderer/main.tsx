import './jitless.ts'
import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './theme.css'
import { createHashHistory } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { createClient } from './client/create-client.ts'
import { adoptNonce } from './nonce.ts'
import { refuseMarkup } from './trusted-types.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

refuseMarkup(window)
const nonce = adoptNonce()
const { client, connection } = createClient(window)

createRoot(root).render(
  <StrictMode>
    <App client={client} connection={connection} history={createHashHistory()} nonce={nonce} />
  </StrictMode>,
)
