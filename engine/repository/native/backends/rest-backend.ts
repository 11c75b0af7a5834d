import { z } from 'zod'
import { Fault } from '../../../../contract/errors.ts'
import { type Backend, isFileId, MissingFile, type Reading } from '../backend.ts'

const listingSchema = z.array(z.object({ name: z.string() }))

/** Milliseconds until a server that says nothing is taken for unreachable. */
const PATIENCE = 30_000

export interface RestServer {
  /** `http(s)://host:port/path/`, without user and password. */
  readonly url: string
  readonly username: string
  readonly password: string
}

/** A repository behind restic's REST protocol, version 2 (restic's `doc/REST_backend.rst`). */
export function restBackend(server: RestServer): Backend {
  const root = server.url.endsWith('/') ? server.url : `${server.url}/`
  const authorization = `Basic ${Buffer.from(`${server.username}:${server.password}`).toString('base64')}`
  const credentials = server.username === '' ? {} : { authorization }

  async function get(path: string, reading: Reading, headers: Record<string, string> = {}): Promise<Response> {
    const limit = AbortSignal.timeout(PATIENCE)
    const signal = reading.signal === undefined ? limit : AbortSignal.any([reading.signal, limit])
    const response = await fetch(new URL(path, root), {
      headers: { ...credentials, ...headers },
      // A redirect to another place must not be handed our credentials.
      redirect: 'error',
      signal,
    }).catch((error: unknown) => {
      if (reading.signal?.aborted === true) throw reading.signal.reason
      throw new Fault('unreachable', { host: new URL(root).host, reason: reasonOf(error) }, { cause: error })
    })
    if (response.ok) return response
    await response.body?.cancel()
    throw refusalOf(response.status, path, new URL(root).host)
  }

  const bytes = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer())

  return {
    async list(folder, reading) {
      const response = await get(`${folder}/`, reading, { accept: 'application/vnd.x.restic.rest.v2' })
      const names = listingSchema.parse(await response.json()).map(({ name }) => name)
      return names.filter(isFileId)
    },
    async readConfig(reading) {
      return bytes(
        await get('config', reading).catch((error: unknown) => {
          throw error instanceof MissingFile ? new Fault('repository_not_initialised', {}, { cause: error }) : error
        }),
      )
    },
    async read(folder, id, reading) {
      return bytes(await get(`${folder}/${id}`, reading))
    },
    async readRange(packId, offset, length, reading) {
      const range = `bytes=${offset}-${offset + length - 1}`
      return bytes(await get(`data/${packId}`, reading, { range }))
    },
  }
}

function refusalOf(status: number, path: string, host: string): Error {
  if (status === 404) return new MissingFile(path)
  if (status === 401 || status === 403) return new Fault('unauthenticated', { by: 'backend' })
  return new Fault('unreachable', { host, reason: `the server answered ${status}` })
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection failed'
  if (error.name === 'TimeoutError') return `no answer within ${PATIENCE / 1000} seconds`
  return error.cause instanceof Error ? error.cause.message : error.message
}
