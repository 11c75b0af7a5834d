import '../jitless.ts'
import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '../theme.css'
import { speechOf } from '../language/languages.ts'
import { loadLanguage } from '../language/load-language.ts'
import { askedPreferences } from './asked.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

const asked = new URLSearchParams(window.location.search)
const scheme = asked.get('scheme')
if (scheme === 'light' || scheme === 'dark') window.localStorage.setItem('mantine-color-scheme-value', scheme)

window.localStorage.setItem('restore-console-preferences', JSON.stringify(askedPreferences(asked)))

await loadLanguage(speechOf(asked.get('lang') === 'de' ? 'de' : 'en', []))
const { showScene } = await import('./show-scene.tsx')
showScene(root, asked)
