import { once } from 'node:events'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import WebSocket from 'ws'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { openLoopback } from './loopback.ts'

const PAGE = '<html><head><meta name="csp-nonce" nonce="" /></head></html>'

let open: AsyncDisposableStack
let address: URL
let ticket: string
let served: number

beforeEach(async () => {
  open = new AsyncDisposableStack()
  const outside = open.use(temporaryDirectory()).path
  const pageDirectory = join(outside, 'page')
  mkdirSync(join(pageDirectory, 'assets'), { recursive: true })
  writeFileSync(join(outside, 'secret.js'), 'secret')
  writeFileSync(join(pageDirectory, 'index.html'), PAGE)
  writeFileSync(join(pageDirectory, 'assets', 'a.js'), 'script')
  writeFileSync(join(pageDirectory, 'notes.txt'), 'of no type that a page has')
  symlinkSync(join(outside, 'secret.js'), join(pageDirectory, 'link.js'))
  served = 0
  const loopback = open.use(
    await openLoopback({
      pageDirectory,
      port: 0,
      serve: (port) => {
        served += 1
        port.onFrame((frame) => port.send(`heard ${frame}`))
      },
    }),
  )
  address = new URL(loopback.address)
  ticket = address.hash.slice('#ticket='.length)
})
afterEach(() => open.disposeAsync())

interface Answer {
  readonly status: number | undefined
  readonly headers: Record<string, string | string[] | undefined>
  readonly body: string
}

/** A request as written: nothing makes the path neater on the way. */
async function get(path: string, options: { headers?: Record<string, string>; method?: string } = {}): Promise<Answer> {
  const sent = request({ host: '127.0.0.1', port: address.port, path, ...options }).end()
  const [response] = await once(sent, 'response')
  let body = ''
  for await (const chunk of response) body += chunk
  return { status: response.statusCode, headers: response.headers, body }
}

interface Knock {
  readonly path?: string
  readonly origin?: string
  readonly host?: string
  readonly protocols?: string[]
}

/** The status with which an upgrade was answered; 101 for one that was let in. */
async function knock({ path = '/wire', origin = address.origin, host, protocols }: Knock = {}): Promise<number> {
  const headers = host === undefined ? {} : { Host: host }
  const offered = protocols ?? ['console.v1', `ticket.${ticket}`]
  const socket = new WebSocket(`ws://${address.host}${path}`, offered, { origin, headers })
  return new Promise((resolve) => {
    socket.once('open', () => {
      socket.terminate()
      resolve(101)
    })
    socket.once('unexpected-response', (_, { statusCode }) => resolve(statusCode ?? 0))
    socket.once('error', () => resolve(0))
  })
}

// @security The browser’s door: The page in a browser comes with a policy that allows nothing by default, and with a nonce that is fresh each time.
test('the page comes with a policy that names its own nonce, fresh each time', async () => {
  const answers = [await get('/'), await get('/')]
  const nonces = answers.map(({ body }) => /nonce="([^"]+)"/.exec(body)?.[1])
  expect(nonces[0]).toMatch(/^[\w+/]{22}==$/)
  expect(nonces[0]).not.toBe(nonces[1])
  for (const [at, { status, headers }] of answers.entries()) {
    expect(status).toBe(200)
    expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonces[at]}'`)
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
  }
  expect((await get('/assets/a.js')).headers['cache-control']).toContain('immutable')
})

// @security The browser’s door: The ticket that lets a browser in has 256 random bits and stands in the fragment of the address, which is never sent.
test('the ticket has 256 bits and is in the fragment alone', () => {
  expect(Buffer.from(ticket, 'base64url')).toHaveLength(32)
  expect(address.search + address.pathname).toBe('/')
  expect(address.hostname).toBe('127.0.0.1')
})

// @security The browser’s door: No spelling of a path leads out of the folder of the page.
test.each(['/../secret.js', '/%2e%2e/secret.js', '/..%2fsecret.js', '/assets/..%2f..%2fsecret.js', '/..\\secret.js'])(
  'nothing outside of the page is served: %s',
  async (path) => {
    expect(await get(path)).toMatchObject({ status: 404, body: 'not found\n' })
  },
)

test.each(['/link.js', '/notes.txt', '/assets', '/%', '/a.js%00.html', '//secret.js', '/none.js'])(
  'what is no plain file of a page is not found: %s',
  async (path) => {
    expect((await get(path)).status).toBe(404)
  },
)

// @security The browser’s door: A request under another host name is refused, so that no other site can reach the console by a name of its own.
test.each(['localhost', 'evil.example', '127.0.0.1', '[::1]'])('another host name is refused: %s', async (name) => {
  const host = `${name}:${name === '127.0.0.1' ? '1' : address.port}`
  expect((await get('/', { headers: { Host: host } })).status).toBe(421)
  expect(await knock({ host })).toBe(421)
})

test('nothing can be sent but over the wire', async () => {
  expect((await get('/', { method: 'POST' })).status).toBe(405)
  expect((await get('/', { method: 'HEAD' })).body).toBe('')
})

test('a page of ours with the ticket is let in', async () => {
  expect(await knock()).toBe(101)
  const socket = new WebSocket(`ws://${address.host}/wire`, ['console.v1', `ticket.${ticket}`], {
    origin: address.origin,
  })
  await once(socket, 'open')
  // What is agreed on is the version, so that the ticket is not said back.
  expect(socket.protocol).toBe('console.v1')
  socket.send('hello')
  const [data] = await once(socket, 'message')
  expect(String(data)).toBe('heard hello')
  socket.terminate()
})

// @security The browser’s door: Without the whole ticket, or from the page of another origin, nobody is connected.
test.each([
  ['no ticket', () => ({ protocols: ['console.v1'] })],
  ['another ticket', () => ({ protocols: ['console.v1', `ticket.${'A'.repeat(43)}`] })],
  ['a part of the ticket', () => ({ protocols: ['console.v1', `ticket.${ticket.slice(0, -1)}`] })],
  ['the ticket without the version', () => ({ protocols: [`ticket.${ticket}`] })],
  ['another origin', () => ({ origin: 'http://evil.example' })],
  ['another port of this computer', () => ({ origin: 'http://127.0.0.1:1' })],
  ['an origin of null', () => ({ origin: 'null' })],
] as const)('%s is refused', async (_, stranger) => {
  expect(await knock(stranger() as Knock)).toBe(403)
  expect(served).toBe(0)
})

test('there is no other wire', async () => {
  expect(await knock({ path: '/' })).toBe(404)
  expect(await knock({ path: '/wire?ticket=x' })).toBe(404)
})

// @security The browser’s door: A frame beyond the limit ends its own connection and not the console.
test('a frame beyond the limit ends that socket and not the console', async () => {
  const protocols = ['console.v1', `ticket.${ticket}`]
  const socket = new WebSocket(`ws://${address.host}/wire`, protocols, { origin: address.origin })
  await once(socket, 'open')
  socket.on('error', () => undefined)
  socket.send(Buffer.alloc(26 << 20))
  await once(socket, 'close')
  expect((await get('/')).status).toBe(200)
})
