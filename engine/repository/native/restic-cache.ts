import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * restic's own cache of one repository: verbatim copies of its index and snapshot files and tree packs, still sealed. Without a copy,
 * or with one that cannot be read, the answer is undefined and the repository itself is to be asked.
 */
export class ResticCache {
  readonly #directory: string

  constructor(cacheDirectory: string, repositoryId: string) {
    this.#directory = join(cacheDirectory, repositoryId)
  }

  async readIndex(id: string): Promise<Buffer | undefined> {
    return readFile(this.#pathOf('index', id)).catch(() => undefined)
  }

  async readSnapshot(id: string): Promise<Buffer | undefined> {
    return readFile(this.#pathOf('snapshots', id)).catch(() => undefined)
  }

  /** As many bytes of a pack as there are. */
  async readRange(packId: string, offset: number, length: number): Promise<Buffer | undefined> {
    const handle = await open(this.#pathOf('data', packId)).catch(() => undefined)
    if (handle === undefined) return undefined
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset)
      return buffer.subarray(0, bytesRead)
    } catch {
      return undefined
    } finally {
      await handle.close()
    }
  }

  #pathOf(folder: 'index' | 'snapshots' | 'data', id: string): string {
    return join(this.#directory, folder, id.slice(0, 2), id)
  }
}
