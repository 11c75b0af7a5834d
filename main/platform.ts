import type { UpdateObstacle } from '../contract/shapes/update.ts'
import type { Log } from './services/log.ts'
import type { Notifier } from './services/notices/index.ts'
import type { Shell } from './services/system/index.ts'
import type { Updater } from './services/updates/index.ts'

/** What the services see of where they run. */
export interface Surroundings {
  /** Where this console keeps what it keeps; exists, for its user alone. */
  readonly dataDirectory: string
  readonly version: string
  readonly shell: Shell
  readonly log: Log
  /** The operating system's notifications; null where only a page can make them. */
  readonly notifier: Notifier | null
  /** What puts new versions in place of this one, or why nothing does. */
  readonly updater: Updater | UpdateObstacle
}

/** What differs between the front doors; all else is composed alike. */
export interface Platform extends Surroundings {
  /** The agent's entry for a worker thread. */
  readonly agentWorker: URL
  /** The control plane's entry for a worker thread. */
  readonly planeWorker: URL
  /** The restore consumer's. */
  readonly consumerWorker: URL
  /** Where a restic may be, in the order of preference; a bare name is looked for as a shell would. */
  readonly resticCandidates: readonly string[]
  /** Where restores on this computer go by default; null leaves it to the agent. */
  readonly stagingRoot: string | null
}
