import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { type ClientRequest, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { IssuedCredentials } from '../../contract/control-plane/consumer.ts'
import { openRelay, type Relay } from './relay.ts'

const ISSUED: IssuedCredentials = {
  credentials: {
    Version: 1,
    AccessKeyId: 'key',
    SecretAccessKey: 'secret',
    SessionToken: '',
    Expiration: '2027-01-01T00:00:00Z',
  },
  repo_password: 'p',
}
const PATH = '/repositories/g/'

let open: AsyncDisposableStack
beforeEach(() => {
  open = new AsyncDisposableStack()
})
afterEach(() => open.disposeAsync())

type Answer = (question: IncomingMessage, response: ServerResponse) => void

/** A plane's gateway, which notes what it was asked for, and the relay to it. */
async function world(answer: Answer, credentials = (): Promise<IssuedCredentials> => Promise.resolve(ISSUED)) {
  const asked: string[] = []
  const server = createServer((question, response) => {
    asked.push(question.url ?? '')
    answer(question, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  open.defer(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const plane = { url: origin, key: '', certificate: '', trusted: null }
  const relay = open.use(await openRelay({ url: `${origin}${PATH}`, plane, credentials }))
  return { relay, asked }
}

/** As restic asks. The answer is not read yet. */
async function ask({ url, username, password }: Relay, path: string, method = 'GET'): Promise<IncomingMessage> {
  const asking = request(url, { path, method, auth: `${username}:${password}`, agent: false })
  asking.end()
  const [answer] = (await once(asking, 'response')) as [IncomingMessage]
  answer.on('error', () => undefined)
  return answer
}

/** The next thing of its kind that HTTP itself tells of. */
function next<T>(channel: string, pick: (message: unknown) => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    const hear = (message: unknown): void => {
      const picked = pick(message)
      if (picked === undefined) return
      unsubscribe(channel, hear)
      resolve(picked)
    }
    subscribe(channel, hear)
  })
}

function questionBelow(path: string): Promise<ClientRequest> {
  return next('http.client.request.start', (message) => {
    const { request: one } = message as { readonly request: ClientRequest }
    return one.path.startsWith(path) ? one : undefined
  })
}

function answerTo(path: string): Promise<ServerResponse> {
  return next('http.server.request.start', (message) => {
    const one = message as { readonly request: IncomingMessage; readonly response: ServerResponse }
    return one.request.url === path ? one.response : undefined
  })
}

test('passes on what is read, with the credentials of the plane, and counts it', async () => {
  const { relay, asked } = await world(({ headers }, response) => response.end(headers.authorization))
  const answer = await ask(relay, '/config')
  expect(await text(answer)).toBe(`Basic ${Buffer.from('key:secret').toString('base64')}`)
  expect(asked).toEqual([`${PATH}config`])
  expect(relay.received()).toBe(Number(answer.headers['content-length']))
})

test('asks for nothing outside the repository, and for nothing but reading', async () => {
  const { relay, asked } = await world((_, response) => response.end('x'))
  for (const path of ['/../other/config', '/data/%2e%2e/%2e%2e/other', '/..', '/\\..\\..\\other']) {
    expect((await ask(relay, path)).statusCode, path).toBe(403)
  }
  for (const method of ['POST', 'DELETE', 'PUT']) {
    expect((await ask(relay, '/config', method)).statusCode, method).toBe(403)
  }
  expect((await fetch(`${relay.url}config`)).status).toBe(401)
  expect(asked).toEqual([])
})

test('asks nothing any more where nobody waits for the answer when the credentials come', async () => {
  const [wanted, issued] = [Promise.withResolvers<void>(), Promise.withResolvers<IssuedCredentials>()]
  const { relay } = await world(
    (_, response) => response.end('x'),
    () => {
      wanted.resolve()
      return issued.promise
    },
  )
  const answering = answerTo('/config')
  const { url, username, password } = relay
  const asking = request(`${url}config`, { auth: `${username}:${password}`, agent: false })
  asking.on('error', () => undefined)
  asking.end()
  await wanted.promise
  const left = once(await answering, 'close')
  asking.destroy()
  await left
  let asked = 0
  const hear = (): void => void (asked += 1)
  subscribe('http.client.request.start', hear)
  open.defer(() => void unsubscribe('http.client.request.start', hear))
  issued.resolve(ISSUED)
  await setImmediate()
  expect(asked).toBe(0)
})

test('a plane that is silent is given up, but not one that waits for restic to take what it has sent', async () => {
  const size = 64 * 2 ** 20
  const { relay } = await world(({ url }, response) => {
    if (url === `${PATH}data/large`) response.end(Buffer.alloc(size))
    else response.writeHead(200, { 'content-length': 2 }).write('x')
  })
  const large = Promise.all([questionBelow(`${PATH}data/large`), answerTo('/data/large')])
  const answer = await ask(relay, '/data/large')
  const [question, passedOn] = await large
  await expect.poll(() => passedOn.writableNeedDrain).toBe(true)
  question.emit('timeout')
  let taken = 0
  for await (const piece of answer as AsyncIterable<Buffer>) taken += piece.length
  expect(taken).toBe(size)

  const silent = questionBelow(`${PATH}data/silent`)
  const broken = await ask(relay, '/data/silent')
  ;(await silent).emit('timeout')
  await expect(text(broken)).rejects.toThrow('aborted')
})

test('a plane that breaks off, or cannot be reached, is an answer that breaks off, or says so', async () => {
  const { relay } = await world((_, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('half')
    response.destroy()
  })
  const broken = await ask(relay, '/config').then(text, (error: unknown) => error)
  expect(broken).not.toBe('half')
  const nowhere = { url: 'http://127.0.0.1:1', key: '', certificate: '', trusted: null }
  const lost = open.use(
    await openRelay({ url: nowhere.url, plane: nowhere, credentials: () => Promise.resolve(ISSUED) }),
  )
  const answer = await ask(lost, '/config')
  expect([answer.statusCode, await text(answer)]).toEqual([502, expect.stringContaining('ECONNREFUSED')])
})

test('whoever asks and leaves takes its question along', async () => {
  const gone = Promise.withResolvers<string>()
  const { relay } = await world((question, response) => {
    response.writeHead(200, { 'content-length': 2 }).write('x')
    question.socket.once('close', () => gone.resolve('gone'))
  })
  const answer = await ask(relay, '/data/large')
  answer.destroy()
  expect(await gone.promise).toBe('gone')
})

test('so many connections are taken at once, and no more', async () => {
  const { relay } = await world((_, response) => response.end('x'))
  const dial = async () => {
    const socket = connect(Number(new URL(relay.url).port), '127.0.0.1')
    open.defer(() => void socket.destroy())
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    return socket
  }
  for (let at = 0; at < 64; at += 1) await dial()
  const oneMore = await dial()
  await new Promise((resolve) => oneMore.once('close', resolve))
  expect(oneMore.destroyed).toBe(true)
})
