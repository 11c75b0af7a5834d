import { createMemoryHistory } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { App } from '../app/App.tsx'
import { ConnectionState } from '../client/connection.ts'
import { openWindow } from './console/index.ts'
import { GalleryIndex } from './GalleryIndex.tsx'
import { SCENES } from './scenes.ts'

/** Draws a scene, or the list of all where there is none of that name; `data-ready` tells that its acts are done. */
export function showScene(root: HTMLElement, name: string | null): void {
  const scene = SCENES.find(({ id }) => id === name)
  if (scene === undefined) {
    createRoot(root).render(<GalleryIndex />)
    return
  }
  const connection = new ConnectionState()
  connection.set({ state: 'connected' })
  if (scene.lost === true) connection.set({ state: 'lost', since: new Date(Date.now() - 42_000) })
  const history = createMemoryHistory({ initialEntries: [scene.path] })
  createRoot(root).render(<App {...openWindow(scene.world(), connection)} history={history} nonce="" />)
  void Promise.resolve(scene.act?.()).finally(() => root.setAttribute('data-ready', 'true'))
}
