import { open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Fault } from '../../../../contract/errors.ts'
import { type Backend, isFileId, MissingFile, type Reading, type RepositoryFolder } from '../backend.ts'
import type { LockFiles } from '../lock-files.ts'

/** A repository in a directory of this machine. */
export function localBackend(directory: string): Backend {
  async function list(folder: RepositoryFolder, { signal }: Reading): Promise<string[]> {
    signal?.throwIfAborted()
    const recursive = folder === 'data'
    const names = await readdir(join(directory, folder), { recursive }).catch((error: unknown) => {
      throw isAbsent(error) ? new Fault('repository_not_initialised', {}, { cause: error }) : error
    })
    return names.map((name) => basename(name)).filter(isFileId)
  }

  return {
    list,
    async sizes(folder, reading) {
      const sizes = new Map<string, number>()
      for (const id of await list(folder, reading)) {
        // Removed since it was listed.
        const found = await stat(pathOf(directory, folder, id)).catch(nothingIfAbsent)
        if (found !== undefined) sizes.set(id, found.size)
      }
      return sizes
    },
    async readConfig({ signal }) {
      return readFile(join(directory, 'config'), { signal }).catch((error: unknown) => {
        throw isAbsent(error) ? new Fault('repository_not_initialised', {}, { cause: error }) : error
      })
    },
    async read(folder, id, { signal }) {
      return readFile(pathOf(directory, folder, id), { signal }).catch((error: unknown) => {
        throw isAbsent(error) ? new MissingFile(`${folder}/${id}`, { cause: error }) : error
      })
    },
    async readRange(packId, offset, length, { signal }) {
      signal?.throwIfAborted()
      const file = `data/${packId}`
      const handle = await open(pathOf(directory, 'data', packId)).catch((error: unknown) => {
        throw isAbsent(error) ? new MissingFile(file, { cause: error }) : error
      })
      try {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset)
        return buffer.subarray(0, bytesRead)
      } finally {
        await handle.close()
      }
    },
  }
}

/** The locks of a repository in a directory of this machine. */
export function localLocks(directory: string): LockFiles {
  return {
    async write(id, sealed) {
      const path = pathOf(directory, 'locks', id)
      const unfinished = `${path}-unfinished`
      await writeFile(unfinished, sealed, { mode: 0o600, flag: 'wx' })
      await rename(unfinished, path)
    },
    remove: (id) => rm(pathOf(directory, 'locks', id), { force: true }),
  }
}

function nothingIfAbsent(error: unknown): undefined {
  if (!isAbsent(error)) throw error
}

function pathOf(directory: string, folder: RepositoryFolder, id: string): string {
  return folder === 'data' ? join(directory, folder, id.slice(0, 2), id) : join(directory, folder, id)
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
