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
import { createClients } from './client/create-client.ts'
import { adoptNonce } from './nonce.ts'
import { refuseMarkup } from './trusted-types.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

refuseMarkup(window)
const nonce = adoptNonce()
const { first, enter } = createClients(window)

createRoot(root).render(
  <StrictMode>
    <App first={first} enter={enter} history={createHashHistory()} nonce={nonce} />
  </StrictMode>,
)
