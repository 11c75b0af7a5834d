import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './theme.css'
import { adoptNonce } from './nonce.ts'
import { refuseMarkup } from './trusted-types.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

refuseMarkup(window)
const nonce = adoptNonce()
// One after the other: no schema is made before the first, and no sentence is said before the second.
await import('./jitless.ts')
const { speak } = await import('./language/speak.ts')
await speak()
const { openConsole } = await import('./open-console.tsx')
openConsole(root, nonce)
