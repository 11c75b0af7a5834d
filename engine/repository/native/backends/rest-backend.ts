import { z } from 'zod'
import { Fault } from '../../../../contract/errors.ts'
import { type Backend, isFileId, MissingFile, type Reading } from '../backend.ts'
import { Patience } from './patience.ts'

const listingSchema = z.array(z.object({ name: z.string() }))

/** Milliseconds until a server that says nothing is taken for unreachable. */
const PATIENCE = 15_000
/** How often a file is asked for before a line that breaks is taken for none. */
const TRIES = 2
const BEYOND_ITS_END = 416

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
  const { host } = new URL(root)
  const authorization = `Basic ${Buffer.from(`${server.username}:${server.password}`).toString('base64')}`
  const credentials = server.username === '' ? {} : { authorization }

  async function get(path: string, reading: Reading, headers: Record<string, string> = {}): Promise<Buffer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await download(path, reading, headers)
      } catch (error) {
        if (reading.signal?.aborted === true) throw reading.signal.reason
        if (error instanceof Fault || error instanceof MissingFile) throw error
        if (attempt === TRIES) throw new Fault('unreachable', { host, reason: reasonOf(error) }, { cause: error })
      }
    }
  }

  async function download(path: string, { signal }: Reading, headers: Record<string, string>): Promise<Buffer> {
    using patience = new Patience(server.patience ?? PATIENCE)
    const response = await fetch(new URL(path, root), {
      headers: { ...credentials, ...headers },
      // A redirect to another place must not be handed our credentials.
      redirect: 'error',
      signal: signal === undefined ? patience.signal : AbortSignal.any([signal, patience.signal]),
    })
    if (response.ok) return await collect(response, patience)
    await response.body?.cancel()
    if (response.status === BEYOND_ITS_END) return Buffer.alloc(0)
    throw refusalOf(response.status, path, host)
  }

  return {
    async list(folder, reading) {
      const text = await get(`${folder}/`, reading, { accept: 'application/vnd.x.restic.rest.v2' })
      const names = listingSchema.parse(JSON.parse(text.toString('utf8'))).map(({ name }) => name)
      return names.filter(isFileId)
    },
    readConfig: (reading) =>
      get('config', reading).catch((error: unknown) => {
        throw error instanceof MissingFile ? new Fault('repository_not_initialised', {}, { cause: error }) : error
      }),
    read: (folder, id, reading) => get(`${folder}/${id}`, reading),
    readRange: (packId, offset, length, reading) =>
      get(`data/${packId}`, reading, { range: `bytes=${offset}-${offset + length - 1}` }),
  }
}

async function collect(response: Response, patience: Patience): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of response.body ?? []) {
    patience.renew()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function refusalOf(status: number, path: string, host: string): Error {
  if (status === 404) return new MissingFile(path)
  if (status === 401 || status === 403) return new Fault('unauthenticated', { by: 'backend' })
  return new Fault('unreachable', { host, reason: `the server answered ${status}` })
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection failed'
  return error.cause instanceof Error ? error.cause.message : error.message
}
