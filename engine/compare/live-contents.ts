import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { Fault, refused } from '../../contract/errors.ts'
import type { StoredNode } from '../repository/stored-node.ts'
import type { TreeReader } from '../repository/tree-reader.ts'
import { hostPath } from '../restore/paths.ts'
import { isHidden } from './hidden-folders.ts'
import { isPlain, type LivePlace } from './live-place.ts'

/** A file of the host, open to be read. */
export interface LiveFile extends AsyncDisposable {
  readonly size: number
  readonly file: FileHandle
}

/**
 * Open a file of the host without following a link. Throws `not_found` (`file`) where none is there, `invalid_input` for
 * what is no file, and `forbidden` (`read-file`) where the agent may not read it.
 */
export async function openLiveFile(place: LivePlace): Promise<LiveFile> {
  const missing = new Fault('not_found', { what: 'file', id: place.path })
  if (await isHidden(place.path)) throw new Fault('forbidden', { needs: 'read-file' })
  if (!(await isPlain(place))) throw missing
  // A pipe that nobody writes to would be waited for.
  const how = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const file = await open(hostPath(place.path), how).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') throw missing
    if (code === 'ELOOP' || code === 'ENXIO') throw noFile()
    throw new Fault('forbidden', { needs: 'read-file' }, { cause })
  })
  const found = await file.stat()
  if (!found.isFile()) {
    await file.close()
    throw noFile()
  }
  return { size: found.size, file, [Symbol.asyncDispose]: () => file.close() }
}

/** Its first bytes, `limit` or all there are. */
export async function beginningOf({ file }: LiveFile, limit: number): Promise<Buffer> {
  return readAt(file, 0, limit)
}

/**
 * Whether it holds what a node of a snapshot holds, piece by piece, as far as the first that differs. Throws `cancelled`
 * and as `TreeReader.contents` does.
 */
export async function holdsSame(
  { file, size }: LiveFile,
  { node, reader, signal }: { node: StoredNode; reader: Pick<TreeReader, 'contents'>; signal: AbortSignal },
): Promise<boolean> {
  if (size !== node.size) return false
  let from = 0
  for (const piece of node.content) {
    if (signal.aborted) throw new Fault('cancelled', {})
    const wanted = await reader.contents([piece], { limit: Number.MAX_SAFE_INTEGER, signal })
    const found = await readAt(file, from, wanted.length)
    if (!found.equals(wanted)) return false
    from += wanted.length
  }
  return from === size
}

async function readAt(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  let read = 0
  while (read < length) {
    const { bytesRead } = await file.read(bytes, read, length - read, from + read)
    if (bytesRead === 0) break
    read += bytesRead
  }
  return bytes.subarray(0, read)
}

function noFile(): Fault<'invalid_input'> {
  return refused(['path'], 'not_a_file')
}
