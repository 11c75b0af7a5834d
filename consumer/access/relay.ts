import { randomBytes, timingSafeEqual } from 'node:crypto'
import {
  Agent as PlainAgent,
  type ClientRequest,
  createServer,
  type IncomingMessage,
  request as requestPlain,
  type Server,
  type ServerResponse,
} from 'node:http'
import { Agent, request as requestSecure } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { IssuedCredentials } from '../../contract/control-plane/consumer.ts'
import { trustOf } from '../plane/ask-plane.ts'
import type { PlaneAddress } from '../plane/ask-plane.ts'

export interface RelayOptions {
  /** The repository on the plane's gateway. */
  readonly url: string
  readonly plane: PlaneAddress
  /** Credentials that are good for now. */
  readonly credentials: () => Promise<IssuedCredentials>
}

/** An address on loopback at which restic reads a repository for as long as it takes. */
export interface Relay extends AsyncDisposable {
  /** `http://127.0.0.1:PORT/`. */
  readonly url: string
  readonly username: string
  readonly password: string
  /** Bytes that came from the plane, headers aside. */
  received(): number
}

const USERNAME = 'restore'
const PASSED_ON = ['content-type', 'content-length', 'content-range', 'accept-ranges'] as const
/** Milliseconds in which nothing comes of what was asked for. */
const SILENCE = 60_000
/** restic has five, and whoever else is on this computer may try. */
const MOST_CONNECTIONS = 64
/** Milliseconds for saying what is wanted. */
const HEADERS_WITHIN = 10_000

/**
 * Stand between restic and the plane's gateway: credentials last an hour and a restore may last a night, while restic takes them once. It
 * asks for nothing but to read, trusts the plane's own certificate, and counts what comes.
 */
export async function openRelay({ url, plane, credentials }: RelayOptions): Promise<Relay> {
  const root = new URL(url.endsWith('/') ? url : `${url}/`)
  const password = randomBytes(24).toString('base64url')
  const letIn = Buffer.from(basic(USERNAME, password))
  const isSecure = root.protocol === 'https:'
  const kept = { keepAlive: true, maxSockets: 16 }
  const connections = isSecure ? new Agent({ ...kept, ...trustOf(plane) }) : new PlainAgent(kept)
  const request = isSecure ? requestSecure : requestPlain
  const counted = { received: 0 }
  const pass = async (question: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = below(root, question.url)
    if (target === undefined) return void response.writeHead(403).end()
    const { AccessKeyId, SecretAccessKey } = (await credentials()).credentials
    // Nobody would take the answer, and nothing would end the question.
    if (response.destroyed) return
    const { range, accept } = question.headers
    const asked = request(target, {
      agent: connections,
      method: question.method,
      timeout: SILENCE,
      headers: {
        authorization: basic(AccessKeyId, SecretAccessKey),
        ...(range === undefined ? {} : { range }),
        ...(accept === undefined ? {} : { accept }),
      },
    })
    passOn(asked, response, counted)
    asked.end()
  }
  const server = createServer({ headersTimeout: HEADERS_WITHIN }, (question, response) => {
    response.on('error', () => response.destroy())
    const given = Buffer.from(question.headers.authorization ?? '')
    const isIn = given.length === letIn.length && timingSafeEqual(given, letIn)
    if (!isIn) return void response.writeHead(401, { 'www-authenticate': 'Basic', connection: 'close' }).end()
    if (question.method !== 'GET' && question.method !== 'HEAD') return void response.writeHead(403).end()
    pass(question, response).catch((error: unknown) => fail(response, error))
  })
  server.maxConnections = MOST_CONNECTIONS
  const port = await listening(server)
  return {
    url: `http://127.0.0.1:${port}/`,
    username: USERNAME,
    password,
    received: () => counted.received,
    [Symbol.asyncDispose]: async () => {
      connections.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** What is asked for in the repository; undefined where it would lie outside of it. */
function below(root: URL, path = '/'): URL | undefined {
  const target = URL.parse(`.${path}`, root.href)
  return target?.href.startsWith(root.href) === true ? target : undefined
}

function passOn(asked: ClientRequest, response: ServerResponse, counted: { received: number }): void {
  asked.on('timeout', () => {
    // Where restic takes nothing, nothing is asked to come.
    if (!response.writableNeedDrain) asked.destroy(new Error('nothing came for a minute'))
  })
  asked.on('error', (error) => fail(response, error))
  response.on('close', () => asked.destroy())
  asked.on('response', (answer) => {
    const headers = PASSED_ON.flatMap((name) => {
      const value = answer.headers[name]
      return value === undefined ? [] : [[name, value] as const]
    })
    response.writeHead(answer.statusCode ?? 502, Object.fromEntries(headers))
    answer.on('data', (chunk: Buffer) => {
      counted.received += chunk.length
    })
    answer.on('error', (error) => fail(response, error))
    answer.pipe(response)
  })
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy()
  response.writeHead(502).end(error instanceof Error ? error.message : String(error))
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

function listening(server: Server): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  server.once('error', reject)
  server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  return promise
}
