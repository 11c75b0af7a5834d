import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isFileId, type RepositoryFolder } from '../native/backend.ts'
import type { LockFiles } from '../native/lock-files.ts'
import {
  type AnsweringReader,
  isFolder,
  isReading,
  type Reply,
  readingReply,
  replyToError,
  send,
} from './answer-reader.ts'

export interface Answering extends AnsweringReader {
  readonly locks: LockFiles | undefined
  /** The whole `Authorization` header that is let in. */
  readonly credentials: Buffer
}

/** A lock is a few hundred bytes. */
const LARGEST_LOCK = 64 * 1024

/** Answer one question of restic's. Never rejects: what cannot be read is a missing file or a bad gateway. */
export async function answer(request: IncomingMessage, response: ServerResponse, ours: Answering): Promise<void> {
  await send(request, response, await replyTo(request, ours).catch(replyToError))
}

async function replyTo(request: IncomingMessage, ours: Answering): Promise<Reply> {
  if (!isLetIn(request, ours.credentials)) return { status: 401, headers: { 'www-authenticate': 'Basic' } }
  const { pathname } = new URL(request.url ?? '/', 'http://gateway')
  const [folder = '', id] = pathname.slice(1).split('/')
  if (isReading(request)) return await readingReply(request, pathname.slice(1), ours)
  if (folder === 'config' && id === undefined) return { status: 403 }
  if (!isFolder(folder) || id === undefined) return { status: 404 }
  if (request.method === 'POST' || request.method === 'DELETE') return await changeLock(request, folder, id, ours)
  return { status: 405 }
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

function isLetIn({ headers }: IncomingMessage, credentials: Buffer): boolean {
  const given = Buffer.from(headers.authorization ?? '')
  return given.length === credentials.length && timingSafeEqual(given, credentials)
}
