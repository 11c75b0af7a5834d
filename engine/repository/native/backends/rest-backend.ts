import type { Agent, IncomingMessage } from 'node:http'
import { z } from 'zod'
import { Fault } from '../../../../contract/errors.ts'
import { networkReason } from '../../../../contract/network-reason.ts'
import { reasonOf } from '../../../../contract/reasons.ts'
import { Turns } from '../../turns.ts'
import { type Backend, isFileId, MissingFile, type Reading, type RepositoryFolder } from '../backend.ts'
import type { LockFiles } from '../lock-files.ts'
import { askServer, keptConnections } from './ask-server.ts'
import { Patience } from './patience.ts'

const listingSchema = z.array(z.object({ name: z.string(), size: z.number().nonnegative() }))

/** Milliseconds until a server that says nothing is taken for unreachable. */
const PATIENCE = 15_000
/** How often a file is asked for before a line that breaks is taken for none. */
const TRIES = 2
/** Connections at most: more than a walk and someone who looks around beside it take together. */
const AT_ONCE = 24
/** An answer up to so many bytes is given its place before it comes; a longer one grows. */
const LARGEST_EXPECTED = 64 * 2 ** 20
/** Bytes that no file of a repository and no listing of one has: a server that sends more would take all memory. */
const LARGEST_ANSWER = 2 ** 30
const BEYOND_ITS_END = 416

interface Wanted {
  readonly headers?: Readonly<Record<string, string>>
  /** Bytes that the answer may have. */
  readonly limit?: number
}

export interface RestServer {
  /** `http(s)://host:port/path/`, without user and password. */
  readonly url: string
  readonly username: string
  readonly password: string
  /** Milliseconds without a byte until a connection is given up; 15 seconds unless given. */
  readonly patience?: number
}

/** A repository behind restic's REST protocol, version 2 (restic's `doc/REST_backend.rst`). */
export function restBackend(server: RestServer): Backend {
  const root = server.url.endsWith('/') ? server.url : `${server.url}/`
  const address = new URL(root)
  const { host } = address
  const connections = keptConnections(address)
  const turns = new Turns(AT_ONCE)
  const credentials = credentialsOf(server)

  async function get(path: string, reading: Reading, wanted: Wanted = {}): Promise<Buffer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        // A kept connection may have been closed by the server just now: the second try takes one of its own.
        return await turns.take(() => download(path, reading, wanted, attempt === 1 ? connections : undefined))
      } catch (error) {
        if (reading.signal?.aborted === true) throw reading.signal.reason
        if (error instanceof Fault || error instanceof MissingFile) throw error
        if (attempt === TRIES) throw new Fault('unreachable', { host, ...networkReason(error, host) }, { cause: error })
      }
    }
  }

  async function download(
    path: string,
    reading: Reading,
    { headers, limit = LARGEST_ANSWER }: Wanted,
    connections: Agent | undefined,
  ): Promise<Buffer> {
    using patience = new Patience(server.patience ?? PATIENCE)
    const signal = reading.signal === undefined ? patience.signal : AbortSignal.any([reading.signal, patience.signal])
    const response = await askServer(new URL(path, root), {
      headers: { ...credentials, ...headers },
      signal,
      ...(connections === undefined ? {} : { connections }),
    })
    const { statusCode: status = 0 } = response
    if (status >= 200 && status < 300) {
      const answer = await collect(response, { patience, signal, limit })
      if (answer !== undefined) return answer
      throw new Fault('unreachable', { host, ...reasonOf('answer_too_large', { limit, path }) })
    }
    response.destroy()
    if (status === BEYOND_ITS_END) return Buffer.alloc(0)
    throw refusalOf(status, path, host)
  }

  async function sizes(folder: RepositoryFolder, reading: Reading): Promise<ReadonlyMap<string, number>> {
    const text = await get(`${folder}/`, reading, { headers: { accept: 'application/vnd.x.restic.rest.v2' } })
    const files = listingSchema.parse(JSON.parse(text.toString('utf8')))
    return new Map(files.filter(({ name }) => isFileId(name)).map(({ name, size }) => [name, size]))
  }

  return {
    list: async (folder, reading) => [...(await sizes(folder, reading)).keys()],
    sizes,
    readConfig: (reading) =>
      get('config', reading).catch((error: unknown) => {
        throw error instanceof MissingFile ? new Fault('repository_not_initialised', {}, { cause: error }) : error
      }),
    read: (folder, id, reading) => get(`${folder}/${id}`, reading),
    readRange: (packId, offset, length, reading) => get(`data/${packId}`, reading, partOf(offset, length)),
  }
}

function partOf(offset: number, length: number): Wanted {
  return { headers: { range: `bytes=${offset}-${offset + length - 1}` }, limit: length }
}

/** The locks of such a repository. */
export function restLocks(server: RestServer): LockFiles {
  const root = server.url.endsWith('/') ? server.url : `${server.url}/`
  const { host } = new URL(root)
  async function change(id: string, method: 'POST' | 'DELETE', body: Buffer, reading: Reading): Promise<void> {
    const path = `locks/${id}`
    const patience = AbortSignal.timeout(server.patience ?? PATIENCE)
    const signal = reading.signal === undefined ? patience : AbortSignal.any([reading.signal, patience])
    const headers = { ...credentialsOf(server), 'content-length': body.length }
    const response = await askServer(new URL(path, root), { method, body, headers, signal })
    response.resume()
    const { statusCode: status = 0 } = response
    const isGone = method === 'DELETE' && status === 404
    if (!isGone && (status < 200 || status >= 300)) throw refusalOf(status, path, host)
  }
  return {
    write: (id, sealed, reading) => change(id, 'POST', sealed, reading),
    remove: (id, reading) => change(id, 'DELETE', Buffer.alloc(0), reading),
  }
}

function credentialsOf({ username, password }: RestServer): Readonly<Record<string, string>> {
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  return username === '' ? {} : { authorization }
}

interface Collecting {
  readonly patience: Patience
  readonly signal: AbortSignal
  readonly limit: number
}

/** Undefined where there is more than the limit; the connection is closed then. */
async function collect(
  response: IncomingMessage,
  { patience, signal, limit }: Collecting,
): Promise<Buffer | undefined> {
  const length = Number(response.headers['content-length'] ?? Number.POSITIVE_INFINITY)
  const whole = length <= Math.min(limit, LARGEST_EXPECTED) ? Buffer.allocUnsafe(length) : undefined
  const chunks: Buffer[] = []
  let received = 0
  try {
    // Without an encoding of texts they are bytes.
    for await (const chunk of response as AsyncIterable<Buffer>) {
      patience.renew()
      // To leave the loop destroys the answer.
      if (received + chunk.length > limit) return undefined
      if (whole === undefined) chunks.push(chunk)
      else chunk.copy(whole, received)
      received += chunk.length
    }
  } catch (error) {
    throw signal.aborted ? signal.reason : error
  }
  // What was there when the connection was ended ends like a whole answer.
  signal.throwIfAborted()
  if (whole !== undefined && received < whole.length) throw brokenOff()
  return whole ?? Buffer.concat(chunks)
}

/** As Node has it for an answer whose length nobody said. */
function brokenOff(): Error {
  return Object.assign(new Error('the answer broke off'), { code: 'ERR_STREAM_PREMATURE_CLOSE' })
}

function refusalOf(status: number, path: string, host: string): Error {
  if (status === 404) return new MissingFile(path)
  if (status === 401 || status === 403) return new Fault('unauthenticated', { by: 'backend' })
  return new Fault('unreachable', { host, ...reasonOf('server_status', { status }) })
}
