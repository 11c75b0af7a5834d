import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { randomBytes } from 'node:crypto'
import type { Backend } from '../native/backend.ts'
import type { LockFiles } from '../native/lock-files.ts'
import { answer } from './answer.ts'

export interface GatewayOptions {
  readonly backend: Backend
  /** Where locks go; without it nothing at all can be written. */
  readonly locks: LockFiles | undefined
}

/** An address at which restic can read a repository. */
export interface Gateway extends AsyncDisposable {
  /** `http://127.0.0.1:PORT/`, without user and password. */
  readonly url: string
  readonly username: string
  readonly password: string
}

const USERNAME = 'reader'
const SECRET_BYTES = 24

/**
 * Serve a repository on loopback by restic's REST protocol, version 2 (restic's `doc/REST_backend.rst`), to whoever has the
 * password that is made for it. It gives what `backend` gives and takes nothing but locks.
 */
export async function openGateway({ backend, locks }: GatewayOptions): Promise<Gateway> {
  const password = randomBytes(SECRET_BYTES).toString('base64url')
  const credentials = Buffer.from(`Basic ${Buffer.from(`${USERNAME}:${password}`).toString('base64')}`)
  const closing = new AbortController()
  const server = createServer((request, response) => {
    void answer(request, response, { backend, locks, credentials, signal: closing.signal })
  })
  const { port } = await listening(server)
  return {
    url: `http://127.0.0.1:${port}/`,
    username: USERNAME,
    password,
    [Symbol.asyncDispose]: async () => {
      closing.abort()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function listening(server: Server): Promise<AddressInfo> {
  const { promise, resolve, reject } = Promise.withResolvers<AddressInfo>()
  server.once('error', reject)
  server.listen(0, '127.0.0.1', () => resolve(server.address() as AddressInfo))
  return promise
}
