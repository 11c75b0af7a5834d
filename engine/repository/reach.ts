import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, isFault, refused } from '../../contract/errors.ts'
import { networkReason } from '../../contract/network-reason.ts'
import { type Reason, reasonOf } from '../../contract/reasons.ts'
import type { Backend } from './native/backend.ts'
import { askServer } from './native/backends/ask-server.ts'
import { answerOf } from './native/backends/s3-store.ts'

export interface RestServerAddress {
  /** `https://host:port/path/`, without credentials. */
  readonly url: string
  readonly username: string
  readonly password: string
}

const PROXIES = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy']

/**
 * Ask a REST server for the repository's `config`, which every repository has (restic's "REST Backend" document).
 * What only restic can tell is left to it: a server behind a proxy, a certificate (Node and restic keep different
 * lists of whom to trust), a redirect, a socket in the file system. Throws `unreachable` (also when the signal is a
 * timeout), `cancelled`, `unauthenticated` (by: backend), `repository_not_initialised`.
 */
export async function checkRestServer(address: RestServerAddress, signal: AbortSignal): Promise<void> {
  if (address.url.startsWith('http+unix:')) return
  const base = readAddress(address.url)
  if (isBehindProxy()) return
  const status = await statusOf(base, address, signal)
  if (status === undefined || (status >= 300 && status < 400)) return
  if (status === 401 || status === 403) throw new Fault('unauthenticated', { by: 'backend' })
  if (status === 404) throw new Fault('repository_not_initialised', {})
  if (status >= 400) {
    throw new Fault('unreachable', { host: base.host, ...reasonOf('server_status', { status }) })
  }
}

/**
 * Ask a store for the repository's `config`, by the backend that would read it. What it could not find out is left to
 * restic, as above. Throws `unreachable` (also when the signal is a timeout), `cancelled`, `unauthenticated` (by:
 * backend), `repository_not_initialised`.
 */
export async function checkStore(backend: Backend, place: string, signal: AbortSignal): Promise<void> {
  try {
    await backend.readConfig({ signal })
  } catch (error) {
    if (isTimeout(error))
      throw new Fault('unreachable', { host: place, ...networkReason(error, place) }, { cause: error })
    if (signal.aborted) throw new Fault('cancelled', {}, { cause: error })
    // An answer that is neither of these may be one that restic knows what to do with.
    const isAnswer = isFault(error, 'unreachable') && answerOf(error.cause) !== undefined
    if (!isAnswer && !(error instanceof Error && isForResticToTell(error.cause))) throw error
  }
}

/**
 * Look whether a repository is in a folder of this computer. Throws `unreachable` where something else than a folder is
 * there or it may not be read, `repository_not_initialised` where the folder or the repository is not there yet.
 */
export async function checkLocalRepository(directory: string): Promise<void> {
  const found = await kindOf(directory)
  if (found === 'nothing') throw new Fault('repository_not_initialised', {})
  if (found !== 'directory') throw unusable(directory, reasonOf('not_a_folder'))
  if ((await kindOf(join(directory, 'config'))) === 'nothing') throw new Fault('repository_not_initialised', {})
}

/** Whether this process is told to reach servers through a proxy. */
export function isBehindProxy(): boolean {
  return PROXIES.some((name) => process.env[name])
}

function readAddress(url: string): URL {
  const base = URL.parse(url.endsWith('/') ? url : `${url}/`)
  if (base && /^https?:$/.test(base.protocol)) return base
  throw refused(['url'], 'rest_address')
}

async function statusOf(base: URL, address: RestServerAddress, signal: AbortSignal): Promise<number | undefined> {
  const credentials = Buffer.from(`${address.username}:${address.password}`).toString('base64')
  const headers = address.username === '' ? {} : { authorization: `Basic ${credentials}` }
  try {
    const response = await askServer(new URL('config', base), { method: 'HEAD', headers, signal })
    response.destroy()
    return response.statusCode
  } catch (error) {
    if (signal.aborted && !isTimeout(error)) throw new Fault('cancelled', {}, { cause: error })
    if (isForResticToTell(error)) return undefined
    throw new Fault('unreachable', { host: base.host, ...networkReason(error, base.host) }, { cause: error })
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError'
}

/** Whether it is about whom to trust. */
function isForResticToTell(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /CERT|UNABLE_TO_(VERIFY|GET)/.test(String(error.code))
}

async function kindOf(path: string): Promise<'directory' | 'other' | 'nothing'> {
  try {
    return (await stat(path)).isDirectory() ? 'directory' : 'other'
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') return 'nothing'
    throw unusable(path, code === 'EACCES' ? reasonOf('not_readable') : reasonOf('system_said', { said: String(code) }))
  }
}

function unusable(directory: string, reason: Reason): Fault {
  return new Fault('unreachable', { host: directory, ...reason })
}
