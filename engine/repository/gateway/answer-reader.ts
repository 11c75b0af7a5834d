import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Backend, isFileId, MissingFile, type RepositoryFolder } from '../native/backend.ts'
import { release } from '../native/release.ts'
import { readRangeHeader } from './range-header.ts'

export interface AnsweringReader {
  readonly backend: Backend
  readonly signal: AbortSignal
}

export interface Reply {
  readonly status: number
  readonly body?: Buffer | AsyncIterable<Buffer>
  readonly headers?: Readonly<Record<string, string>>
}

const FOLDERS: readonly string[] = ['keys', 'snapshots', 'index', 'data', 'locks'] satisfies RepositoryFolder[]
const LISTING = 'application/vnd.x.restic.rest.v2'
/** Bytes of a pack that are held at once; packs have up to 128 MiB. */
const WINDOW = 4 * 2 ** 20

/**
 * Answer one question of whoever may read alone, by restic's REST protocol, version 2 (restic's `doc/REST_backend.rst`). `path`: what is
 * asked for within the repository. Anything but GET and HEAD is forbidden; why something could not be read is `report`ed and not said.
 * Never rejects.
 */
export async function answerReader(
  request: IncomingMessage,
  response: ServerResponse,
  { path, report, ...ours }: AnsweringReader & { readonly path: string; readonly report: (error: unknown) => void },
): Promise<void> {
  const reply: Reply = isReading(request)
    ? await readingReply(request, path, ours).catch((error: unknown) => {
        if (!(error instanceof MissingFile)) report(error)
        return { status: error instanceof MissingFile ? 404 : 502 }
      })
    : { status: 403, body: Buffer.from('This repository can be read, and not written to.\n') }
  await send(request, response, reply, release)
}

export function isReading({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** What a GET or HEAD is answered with. Throws what the backend throws. */
export async function readingReply(request: IncomingMessage, path: string, ours: AnsweringReader): Promise<Reply> {
  const [folder = '', id, ...more] = path.split('/')
  if (folder === 'config' && id === undefined) return fileReply(request, await ours.backend.readConfig(ours))
  if (!isFolder(folder) || id === undefined || more.length > 0) return { status: 404 }
  if (id === '') return await listing(folder, ours)
  if (!isFileId(id)) return { status: 404 }
  return folder === 'data'
    ? await packReply(request, id, ours)
    : fileReply(request, await ours.backend.read(folder, id, ours))
}

/**
 * Say it, at the pace at which it is taken. `used` is given each part that nobody reads any more. Never rejects: an answer that breaks off ends
 * its connection.
 */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body = Buffer.alloc(0), headers = {} }: Reply,
  used: (part: Buffer) => void = () => undefined,
): Promise<void> {
  response.writeHead(status, { ...(Buffer.isBuffer(body) ? { 'content-length': body.length } : {}), ...headers })
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  try {
    for await (const part of Buffer.isBuffer(body) ? [body] : body) {
      await written(response, part)
      used(part)
    }
    response.end()
  } catch {
    response.destroy()
  }
}

/** Resolves when all of it was taken; rejects when the connection is gone. */
function written(response: ServerResponse, part: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error('the connection is gone'))
    if (response.destroyed) return gone()
    response.once('close', gone)
    response.write(part, (error) => {
      response.off('close', gone)
      if (error) reject(error)
      else resolve()
    })
  })
}

export function replyToError(error: unknown): Reply {
  if (error instanceof MissingFile) return { status: 404 }
  const reason = error instanceof Error ? error.message : String(error)
  return { status: 502, body: Buffer.from(reason) }
}

export function isFolder(name: string): name is RepositoryFolder {
  return FOLDERS.includes(name)
}

async function listing(folder: RepositoryFolder, { backend, signal }: AnsweringReader): Promise<Reply> {
  const sizes = await backend.sizes(folder, { signal })
  const files = Array.from(sizes, ([name, size]) => ({ name, size }))
  return { status: 200, body: Buffer.from(JSON.stringify(files)), headers: { 'content-type': LISTING } }
}

/** A pack, or a part of it, a window at a time: several are read at once, and they may be large. */
async function packReply(request: IncomingMessage, id: string, ours: AnsweringReader): Promise<Reply> {
  const range = readRangeHeader(request.headers.range)
  if (range === undefined && request.method === 'HEAD') return await sizeReply(id, ours)
  const { from, to } = range ?? { from: 0, to: undefined }
  const length = to === undefined ? Number.POSITIVE_INFINITY : to - from + 1
  const first = await ours.backend.readRange(id, from, Math.min(WINDOW, length), ours)
  if (range !== undefined && first.length === 0) return { status: 416 }
  const isAll = first.length < WINDOW || first.length === length
  if (range === undefined)
    return { status: 200, body: isAll ? first : windows(first, { id, from, end: undefined, ours }) }
  if (isAll) return partReply(first, from)
  const end = await endOf(id, to, ours)
  const headers = { 'content-length': `${end - from}`, 'content-range': `bytes ${from}-${end - 1}/*` }
  return { status: 206, body: windows(first, { id, from, end, ours }), headers }
}

async function sizeReply(id: string, { backend, signal }: AnsweringReader): Promise<Reply> {
  const size = (await backend.sizes('data', { signal })).get(id)
  return size === undefined ? { status: 404 } : { status: 200, headers: { 'content-length': `${size}` } }
}

/** Behind the last byte of a long part. All sizes are asked for only where the pack has less than was asked. */
async function endOf(id: string, to: number | undefined, { backend, signal }: AnsweringReader): Promise<number> {
  if (to !== undefined && (await backend.readRange(id, to, 1, { signal })).length === 1) return to + 1
  const size = (await backend.sizes('data', { signal })).get(id)
  if (size === undefined) throw new MissingFile(`data/${id}`)
  return size
}

interface Windowed {
  readonly id: string
  readonly from: number
  /** Undefined for as far as it goes. */
  readonly end: number | undefined
  readonly ours: AnsweringReader
}

async function* windows(first: Buffer, { id, from, end, ours }: Windowed): AsyncGenerator<Buffer, void> {
  let at = from + first.length
  yield first
  for (;;) {
    const length = end === undefined ? WINDOW : Math.min(WINDOW, end - at)
    if (length === 0) return
    const part = await ours.backend.readRange(id, at, length, ours)
    if (end !== undefined && part.length < length) throw new Error('the pack is shorter than it was')
    // Whoever takes it may have given back its memory before the next one is asked for.
    const { length: read } = part
    if (read > 0) yield part
    if (read < length) return
    at += read
  }
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
