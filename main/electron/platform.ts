import { stat } from 'node:fs/promises'
import { dialog, shell } from 'electron'
import type { UpdateObstacle } from '../../contract/shapes/update.ts'
import { jsonLog } from '../json-log.ts'
import type { Locations } from '../locations.ts'
import type { LogFolder } from '../log-folder.ts'
import type { Platform } from '../platform.ts'
import { redacted } from '../redact.ts'
import type { Log } from '../services/log.ts'
import type { Notifier } from '../services/notices/index.ts'
import type { Shell } from '../services/system/index.ts'
import type { Updater } from '../services/updates/index.ts'
import type { Speech } from './speech.ts'

interface Options {
  /** Exists, for its user alone; the headless door has the same. */
  readonly dataDirectory: string
  readonly stagingRoot: string | null
  readonly locations: Locations
  readonly notifier: Notifier
  readonly speech: Speech
  readonly updater: Updater | UpdateObstacle
  readonly log: Log
}

/** What the desktop gives the services. */
export function electronPlatform({ locations, speech, ...given }: Options): Platform {
  return {
    ...given,
    version: locations.version,
    agentWorker: locations.agentWorker,
    planeWorker: locations.planeWorker,
    consumerWorker: locations.consumerWorker,
    resticCandidates: locations.resticCandidates,
    shell: { ...desktop, speak: (words) => speech.learn(words) },
  }
}

/** The log in its folder, without what nobody else should see. */
export function desktopLog(logs: LogFolder): Log {
  return redacted(
    jsonLog(
      (line) => logs.write(line),
      () => new Date(),
    ),
  )
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
