import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type App, dialog, shell } from 'electron'
import { defaultDataDirectory, makeDataDirectory } from '../data-directory.ts'
import { jsonLog } from '../json-log.ts'
import type { Locations } from '../locations.ts'
import type { Platform } from '../platform.ts'
import type { Notifier } from '../services/notices/index.ts'
import type { Shell } from '../services/system/index.ts'

/** What the desktop gives the services. The data directory is the one that the headless door has too. */
export function electronPlatform(app: App, locations: Locations, notifier: Notifier): Platform {
  const { commandLine } = app
  const given = (name: string): string | null => commandLine.getSwitchValue(name) || null
  const { platform, env: variables } = process
  const dataDirectory = given('data-dir') ?? defaultDataDirectory({ platform, variables })
  makeDataDirectory(dataDirectory)
  const lines = createWriteStream(join(dataDirectory, 'console.log'), { flags: 'a', mode: 0o600 })
  return {
    dataDirectory,
    version: locations.version,
    agentWorker: locations.agentWorker,
    planeWorker: locations.planeWorker,
    consumerWorker: locations.consumerWorker,
    resticCandidates: locations.resticCandidates,
    stagingRoot: given('staging-dir'),
    shell: desktop,
    notifier,
    log: jsonLog(
      (line) => lines.write(line),
      () => new Date(),
    ),
  }
}

const desktop: Shell = {
  kind: 'electron',
  async openFolder(path) {
    // Opening anything but a folder would start whatever is registered for it.
    const isFolder = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    )
    return isFolder && (await shell.openPath(path)) === ''
  },
  async pickFolder() {
    const { filePaths } = await dialog.showOpenDialog({ properties: ['openDirectory', 'createDirectory'] })
    return filePaths[0] ?? null
  },
}
