import { createMemoryHistory } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { App } from '../app/App.tsx'
import { ConnectionState } from '../client/connection.ts'
import { changePreferences } from '../components/preferences.ts'
import { openWindow } from './console/index.ts'
import { GalleryIndex } from './GalleryIndex.tsx'
import { SCENES } from './scenes.ts'

/** Draws the scene that the address asks for, or the list of all where there is none of that name; `data-ready` tells that its acts are done. */
export function showScene(root: HTMLElement, asked: URLSearchParams): void {
  const scene = SCENES.find(({ id }) => id === asked.get('screen'))
  if (scene === undefined) {
    createRoot(root).render(<GalleryIndex />)
    return
  }
  const connection = new ConnectionState()
  connection.set({ state: 'connected' })
  if (scene.lost === true) connection.set({ state: 'lost', since: new Date(Date.now() - 42_000) })
  const history = createMemoryHistory({ initialEntries: [scene.path] })
  createRoot(root).render(<App {...openWindow(scene.world(), connection)} history={history} nonce="" />)
  void Promise.resolve(scene.act?.()).finally(() => {
    // What is done there finds things by their names.
    if (asked.has('masked')) changePreferences({ masked: true })
    root.setAttribute('data-ready', 'true')
  })
}
