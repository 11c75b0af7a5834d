import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '../theme.css'
import { askedPreferences } from './asked.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

const asked = new URLSearchParams(window.location.search)
const scheme = asked.get('scheme')
if (scheme === 'light' || scheme === 'dark') window.localStorage.setItem('mantine-color-scheme-value', scheme)

window.localStorage.setItem('restore-console-preferences', JSON.stringify(askedPreferences(asked)))

// In the order of the console's own (renderer/main.tsx).
await import('../jitless.ts')
const { speak } = await import('../language/speak.ts')
await speak()
const { showScene } = await import('./show-scene.tsx')
showScene(root, asked)
