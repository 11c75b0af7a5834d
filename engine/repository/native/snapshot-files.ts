import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { newestFirst, readStoredSnapshot } from '../../restic/snapshots.ts'
import { MissingFile, type Reading } from './backend.ts'
import { DamagedFile } from './damaged-file.ts'
import { readTogether } from './read-together.ts'

interface SnapshotFilesDeps {
  /** The ids of the snapshot files that there are. */
  readonly list: (reading: Reading) => Promise<string[]>
  /** The text of one. Throws `DamagedFile`, `MissingFile`. */
  readonly read: (id: string, reading: Reading) => Promise<Buffer>
}

const AT_ONCE = 8

/** The snapshots of a repository. A file is read once: what is in it never changes, only whether it is there. */
export class SnapshotFiles {
  readonly #deps: SnapshotFilesDeps
  #known = new Map<string, Snapshot>()

  constructor(deps: SnapshotFilesDeps) {
    this.#deps = deps
  }

  /** All that are there now, newest first; without those whose files are damaged, as restic lists them. Throws what the backend throws. */
  async list(reading: Reading): Promise<Snapshot[]> {
    const ids = await this.#deps.list(reading)
    const found = new Map<string, Snapshot>()
    await readTogether(ids, AT_ONCE, async (id) => {
      const snapshot = this.#known.get(id) ?? (await this.#read(id, reading))
      if (snapshot !== undefined) found.set(id, snapshot)
    })
    this.#known = found
    return newestFirst([...found.values()])
  }

  async #read(id: string, reading: Reading): Promise<Snapshot | undefined> {
    try {
      const text = await this.#deps.read(id, reading)
      return readStoredSnapshot(id, JSON.parse(text.toString('utf8')))
    } catch (error) {
      // Forgotten since it was listed, or not what restic wrote.
      if (error instanceof MissingFile || error instanceof DamagedFile || error instanceof SyntaxError) return undefined
      throw error
    }
  }
}
