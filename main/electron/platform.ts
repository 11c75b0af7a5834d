import { stat } from 'node:fs/promises'
import { dialog, shell } from 'electron'
import { jsonLog } from '../json-log.ts'
import type { Locations } from '../locations.ts'
import type { LogFolder } from '../log-folder.ts'
import type { Platform } from '../platform.ts'
import { redacted } from '../redact.ts'
import type { Notifier } from '../services/notices/index.ts'
import type { Shell } from '../services/system/index.ts'

interface Options {
  /** Exists, for its user alone; the headless door has the same. */
  readonly dataDirectory: string
  readonly stagingRoot: string | null
  readonly locations: Locations
  readonly notifier: Notifier
  readonly logs: LogFolder
}

/** What the desktop gives the services. */
export function electronPlatform({ locations, logs, ...given }: Options): Platform {
  const log = jsonLog(
    (line) => logs.write(line),
    () => new Date(),
  )
  return {
    ...given,
    version: locations.version,
    agentWorker: locations.agentWorker,
    planeWorker: locations.planeWorker,
    consumerWorker: locations.consumerWorker,
    resticCandidates: locations.resticCandidates,
    shell: desktop,
    log: redacted(log),
  }
}

/** Show a folder in the file manager; false when it is none. */
export async function openFolder(path: string): Promise<boolean> {
  // Opening anything but a folder would start whatever is registered for it.
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  return isFolder && (await shell.openPath(path)) === ''
}

const desktop: Shell = {
  kind: 'electron',
  openFolder,
  async pickFolder() {
    const { filePaths } = await dialog.showOpenDialog({ properties: ['openDirectory', 'createDirectory'] })
    return filePaths[0] ?? null
  },
}
