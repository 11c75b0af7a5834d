import { open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../../../../contract/errors.ts'
import { type Backend, isFileId, MissingFile, type RepositoryFolder } from '../backend.ts'

/** A repository in a directory of this machine. */
export function localBackend(directory: string): Backend {
  return {
    async list(folder, { signal }) {
      signal?.throwIfAborted()
      const names = await readdir(join(directory, folder)).catch((error: unknown) => {
        throw isAbsent(error) ? new Fault('repository_not_initialised', {}, { cause: error }) : error
      })
      return names.filter(isFileId)
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

function pathOf(directory: string, folder: RepositoryFolder, id: string): string {
  return folder === 'data' ? join(directory, folder, id.slice(0, 2), id) : join(directory, folder, id)
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
