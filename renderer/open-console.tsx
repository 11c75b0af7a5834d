import { createHashHistory } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { createClients } from './client/create-client.ts'

/** Draws the console; what it imports has sentences, so the language is loaded before. */
export function openConsole(root: HTMLElement, nonce: string): void {
  const { first, enter } = createClients(window)
  createRoot(root).render(
    <StrictMode>
      <App first={first} enter={enter} history={createHashHistory()} nonce={nonce} />
    </StrictMode>,
  )
}
