import './jitless.ts'
import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './theme.css'
import { currentPreferences } from './components/preferences.ts'
import { speechOf } from './language/languages.ts'
import { loadLanguage } from './language/load-language.ts'
import { adoptNonce } from './nonce.ts'
import { refuseMarkup } from './trusted-types.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

refuseMarkup(window)
const nonce = adoptNonce()
await loadLanguage(speechOf(currentPreferences().language, navigator.languages))
const { openConsole } = await import('./open-console.tsx')
openConsole(root, nonce)
