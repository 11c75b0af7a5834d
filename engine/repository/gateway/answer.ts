import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Backend, isFileId, MissingFile, type RepositoryFolder } from '../native/backend.ts'
import type { LockFiles } from '../native/lock-files.ts'
import { readRangeHeader } from './range-header.ts'

export interface Answering {
  readonly backend: Backend
  readonly locks: LockFiles | undefined
  /** The whole `Authorization` header that is let in. */
  readonly credentials: Buffer
  readonly signal: AbortSignal
}

const FOLDERS: readonly string[] = ['keys', 'snapshots', 'index', 'data', 'locks'] satisfies RepositoryFolder[]
const LISTING = 'application/vnd.x.restic.rest.v2'
/** A lock is a few hundred bytes. */
const LARGEST_LOCK = 64 * 1024

interface Reply {
  readonly status: number
  readonly body?: Buffer
  readonly headers?: Readonly<Record<string, string>>
}

/** Answer one question of restic's. Never rejects: what cannot be read is a missing file or a bad gateway. */
export async function answer(request: IncomingMessage, response: ServerResponse, ours: Answering): Promise<void> {
  const reply = await replyTo(request, ours).catch(replyToError)
  const { status, body = Buffer.alloc(0), headers = {} } = reply
  response.writeHead(status, { 'content-length': body.length, ...headers })
  response.end(request.method === 'HEAD' ? undefined : body)
}

async function replyTo(request: IncomingMessage, ours: Answering): Promise<Reply> {
  if (!isLetIn(request, ours.credentials)) return { status: 401, headers: { 'www-authenticate': 'Basic' } }
  const { pathname } = new URL(request.url ?? '/', 'http://gateway')
  const [folder = '', id] = pathname.slice(1).split('/')
  const isReading = request.method === 'GET' || request.method === 'HEAD'
  if (folder === 'config' && id === undefined) {
    return isReading ? fileReply(request, await ours.backend.readConfig(ours)) : { status: 403 }
  }
  if (!isFolder(folder) || id === undefined) return { status: 404 }
  if (request.method === 'POST' || request.method === 'DELETE') return await changeLock(request, folder, id, ours)
  if (!isReading) return { status: 405 }
  if (id === '') return await listing(folder, ours)
  if (!isFileId(id)) return { status: 404 }
  return folder === 'data'
    ? await packReply(request, id, ours)
    : fileReply(request, await ours.backend.read(folder, id, ours))
}

async function listing(folder: RepositoryFolder, { backend, signal }: Answering): Promise<Reply> {
  const sizes = await backend.sizes(folder, { signal })
  const files = Array.from(sizes, ([name, size]) => ({ name, size }))
  return { status: 200, body: Buffer.from(JSON.stringify(files)), headers: { 'content-type': LISTING } }
}

async function packReply(request: IncomingMessage, id: string, { backend, signal }: Answering): Promise<Reply> {
  const range = readRangeHeader(request.headers.range)
  if (range?.to === undefined) return fileReply(request, await backend.read('data', id, { signal }))
  const length = range.to - range.from + 1
  const part = await backend.readRange(id, range.from, length, { signal })
  return part.length === 0 ? { status: 416 } : partReply(part, range.from)
}

/** All of a file, or the part of it that is asked for. */
function fileReply(request: IncomingMessage, content: Buffer): Reply {
  const range = readRangeHeader(request.headers.range)
  if (range === undefined) return { status: 200, body: content }
  const part = content.subarray(range.from, range.to === undefined ? undefined : range.to + 1)
  return part.length === 0 ? { status: 416 } : partReply(part, range.from)
}

function partReply(part: Buffer, from: number): Reply {
  return { status: 206, body: part, headers: { 'content-range': `bytes ${from}-${from + part.length - 1}/*` } }
}

async function changeLock(
  request: IncomingMessage,
  folder: RepositoryFolder,
  id: string,
  { locks, signal }: Answering,
): Promise<Reply> {
  if (folder !== 'locks' || locks === undefined || !isFileId(id)) return { status: 403 }
  if (request.method === 'DELETE') await locks.remove(id, { signal })
  else {
    const sealed = await bodyOf(request)
    if (sealed === undefined) return { status: 413 }
    await locks.write(id, sealed, { signal })
  }
  return { status: 200 }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  // Without an encoding of texts they are bytes.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > LARGEST_LOCK) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function replyToError(error: unknown): Reply {
  if (error instanceof MissingFile) return { status: 404 }
  const reason = error instanceof Error ? error.message : String(error)
  return { status: 502, body: Buffer.from(reason) }
}

function isLetIn({ headers }: IncomingMessage, credentials: Buffer): boolean {
  const given = Buffer.from(headers.authorization ?? '')
  return given.length === credentials.length && timingSafeEqual(given, credentials)
}

function isFolder(name: string): name is RepositoryFolder {
  return FOLDERS.includes(name)
}
