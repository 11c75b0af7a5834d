import '../jitless.ts'
import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '../theme.css'
import { createMemoryHistory } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { App } from '../app/App.tsx'
import { ConnectionState } from '../client/connection.ts'
import { changePreferences } from '../components/preferences.ts'
import { askedPreferences } from './asked.ts'
import { openWindow } from './console/index.ts'
import { GalleryIndex } from './GalleryIndex.tsx'
import { SCENES } from './scenes.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

const asked = new URLSearchParams(window.location.search)
const scheme = asked.get('scheme')
if (scheme === 'light' || scheme === 'dark') window.localStorage.setItem('mantine-color-scheme-value', scheme)

window.localStorage.setItem('restore-console-preferences', JSON.stringify(askedPreferences(asked)))

const scene = SCENES.find(({ id }) => id === asked.get('screen'))
if (scene === undefined) createRoot(root).render(<GalleryIndex />)
else {
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
