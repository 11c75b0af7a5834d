import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** How a binary of Electron marks where its fuses are, then their version, how many there are, and each as it comes. */
const FUSES = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0009111111111'

/** A folder that electron-builder takes for Electron: it can be packed, and does not run. */
export function stubElectron(folder: string, version: string): void {
  for (const inner of ['locales', 'resources']) mkdirSync(join(folder, inner), { recursive: true })
  writeFileSync(join(folder, 'electron'), `#!/bin/sh\nexit 0\n# ${FUSES}\n`)
  chmodSync(join(folder, 'electron'), 0o755)
  writeFileSync(join(folder, 'version'), version)
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak']) writeFileSync(join(folder, file), file)
}
