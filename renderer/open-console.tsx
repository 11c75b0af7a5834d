import { createHashHistory } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import type { ConsoleClient } from '../contract/console/index.ts'
import { createClients } from './client/create-client.ts'

/** Draws the console; what it imports has sentences, so the language is loaded before. */
export function openConsole(root: HTMLElement, nonce: string): void {
  const { first, enter } = createClients(window)
  void tellShell(first.client)
  createRoot(root).render(
    <StrictMode>
      <App first={first} enter={enter} history={createHashHistory()} nonce={nonce} />
    </StrictMode>,
  )
}

/** The desktop's menus speak as this window does; in another language the window is loaded anew, and tells them again. */
async function tellShell(client: ConsoleClient): Promise<void> {
  const { shellWords } = await import('./app/shell-words.ts')
  // Without it the shell says the same in English.
  await client.system.speak(shellWords()).catch(() => undefined)
}
