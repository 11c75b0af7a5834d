import { once } from 'node:events'
import { connect as connectTcp } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { connect, createServer } from 'node:tls'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AGENT_PROTOCOL } from '../../contract/shapes/host.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { type DaemonWorld, daemonWorld } from '../testing/daemon-world.ts'
import { dialPinned, dialTls, dialWebSocket, NotAdmitted, postEnrol, WrongKey } from '../testing/pinned-console.ts'
import { makeIdentity } from '../../engine/identity/identity.ts'

const HELLO = { protocol: AGENT_PROTOCOL }

let open: AsyncDisposableStack
let directory: string
let world: DaemonWorld

beforeEach(async () => {
  open = new AsyncDisposableStack()
  directory = open.use(temporaryDirectory()).path
  world = open.use(await daemonWorld(directory))
})
afterEach(() => open.disposeAsync())

test('a console with a code is enrolled, connected and answered', async () => {
  const ada = await world.stranger('ada@desk')
  const enrolment = await world.invite({ role: 'operator', permissions: ['read-contents'] })
  expect(enrolment).toMatchObject({ pin: world.daemon.pin, role: 'operator', workspace: 'ops' })
  expect(await ada.redeem(enrolment)).toEqual({
    status: 200,
    body: {
      agentId: world.daemon.agent.id,
      hostname: expect.any(String),
      workspace: 'ops',
      role: 'operator',
      permissions: ['read-contents'],
    },
  })
  const client = await ada.dial()
  expect(await client.host.hello(HELLO)).toMatchObject({ agentVersion: '0.0.0-test' })
  await expect(client.repository.remove({ repositoryId: 'x' })).rejects.toMatchObject({
    code: 'forbidden',
    data: { needs: 'admin' },
  })
  expect(await world.administration.peers.list()).toMatchObject([
    { name: 'ada@desk', pin: ada.identity.pin, connections: 1, lastSeenAt: expect.any(String) },
  ])
})

test('two consoles are told apart by their keys', async () => {
  const ada = await world.enrolled('ada@desk', { role: 'viewer' })
  const bob = await world.enrolled('bob@desk', { role: 'admin' })
  const [viewer, admin] = [await ada.dial(), await bob.dial()]
  await expect(viewer.repository.remove({ repositoryId: 'x' })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(admin.repository.remove({ repositoryId: 'x' })).rejects.toMatchObject({ code: 'not_found' })
})

test('what a console does is audited under its name, address and key', async () => {
  const bob = await world.enrolled('bob@desk', { role: 'admin' })
  const access = { url: '/srv/repository', username: '', serverPassword: '', password: 'p' }
  await (await bob.dial()).repository.add({ name: 'r', access })
  expect((await world.own.audit.list({ limit: 1 })).entries[0]).toMatchObject({
    action: 'repository.add',
    actor: 'bob@desk',
    origin: `a console at 127.0.0.1 (key ${bob.identity.pin.slice(0, 8)})`,
  })
})

// @security Between console and hosts: Nothing is sent to a host that shows another key than the one that was pinned.
test('nothing is sent to a host with another key than the one we know', async () => {
  const impostor = await makeIdentity('impostor')
  const server = createServer({
    key: impostor.key,
    cert: impostor.certificate,
    requestCert: true,
    rejectUnauthorized: false,
  })
  let heard = ''
  const met = new Promise<void>((resolve) => {
    server.on('connection', (socket) => socket.on('close', resolve))
    server.on('secureConnection', (socket) => {
      socket.on('error', () => undefined)
      socket.on('data', (bytes) => (heard += String(bytes)))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const ada = await world.enrolled()
  await expect(postEnrol({ ...ada.to, port }, { code: 'secret' })).rejects.toBeInstanceOf(WrongKey)
  await met
  await expect(dialPinned({ ...ada.to, port })).rejects.toBeInstanceOf(WrongKey)
  expect(heard).toBe('')
  server.close()
})

// @security Between console and hosts: A console that is not enrolled is refused without words, and nothing that it sends along is answered.
test('a stranger is refused without words, and nothing it sends along is answered', async () => {
  const mallory = await world.stranger('mallory@lair')
  const socket = await dialTls(mallory.to)
  let heard = ''
  socket.on('data', (bytes) => (heard += String(bytes)))
  const frame = JSON.stringify({ i: '1', p: { u: '/host/hello', b: HELLO } })
  const masked = Buffer.concat([Buffer.of(0x81, 0x80 | frame.length, 0, 0, 0, 0), Buffer.from(frame)])
  const request = [
    'GET /agent HTTP/1.1',
    'Host: x',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}`,
  ]
  socket.write(Buffer.concat([Buffer.from(`${request.join('\r\n')}\r\n\r\n`), masked]))
  await once(socket, 'close')
  expect(heard).toBe('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  expect(world.log.join('\n')).toContain('not enrolled')
})

test.each([
  ['GET', '/'],
  ['GET', '/agent'],
  ['GET', '/enrol'],
  ['POST', '/agent'],
  ['POST', '/enrol/'],
  ['PUT', '/enrol'],
])('%s %s is not found, for a stranger as for a peer', async (method, path) => {
  for (const console of [await world.stranger(), await world.enrolled()]) {
    const socket = await dialTls(console.to)
    let heard = ''
    socket.on('data', (bytes) => (heard += String(bytes)))
    socket.write(`${method} ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n`)
    await once(socket, 'close')
    expect(heard).toMatch(/^HTTP\/1.1 404 /)
    expect(heard).toContain('content-length: 0')
  }
})

// @security Between console and hosts: Whoever shows no key at all is told nothing, not even with a good code.
test('whoever shows no key at all is told nothing', async () => {
  const { host, port } = world.daemon.address ?? { host: '', port: 0 }
  const socket = connect({ host, port, rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  let heard = ''
  socket.on('data', (bytes) => (heard += String(bytes)))
  const { code, workspace } = await world.invite()
  const body = JSON.stringify({ ...HELLO, code, workspace, peer: 'x' })
  socket.write(`POST /enrol HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
  await once(socket, 'close')
  expect(heard).toMatch(/^HTTP\/1.1 403 /)
  expect(
    await (await world.stranger()).redeem({ code, workspace, address: '', pin: '', role: 'viewer' }),
  ).toMatchObject({
    status: 200,
  })
})

// @security Between console and hosts: Agents speak no TLS older than 1.3.
test('older TLS is not spoken', async () => {
  const { host, port } = world.daemon.address ?? { host: '', port: 0 }
  const socket = connect({ host, port, rejectUnauthorized: false, maxVersion: 'TLSv1.2' })
  await expect(once(socket, 'secureConnect')).rejects.toMatchObject({
    code: expect.stringContaining('PROTOCOL_VERSION'),
  })
})

test.each([
  ['a code that is none of ours', { code: 'A'.repeat(22) }, 404, 'unknown'],
  ['another workspace', { workspace: 'dev' }, 403, 'workspace'],
  ['an older protocol', { protocol: AGENT_PROTOCOL - 1 }, 426, 'version'],
  [
    'a newer protocol with fields of its own',
    { protocol: AGENT_PROTOCOL + 1, code: { of: 'another kind' } },
    426,
    'version',
  ],
  ['no protocol', { protocol: undefined }, 400, 'malformed'],
  ['a code that is no code', { code: 'short' }, 400, 'malformed'],
  ['a name that moves the cursor', { peer: 'ada\u001b[2J' }, 400, 'malformed'],
])('an enrolment with %s is refused, and the code stays good', async (_, changes, status, refused) => {
  const ada = await world.stranger()
  const enrolment = await world.invite()
  expect(await ada.redeem(enrolment, changes)).toEqual({ status, body: { refused } })
  await expect(ada.dial()).rejects.toBeInstanceOf(NotAdmitted)
  expect(await ada.redeem(enrolment)).toMatchObject({ status: 200 })
})

test.each([
  ['no JSON', '{'],
  ['a list', '[]'],
  ['nothing', ''],
  ['more than fits', JSON.stringify({ ...HELLO, padding: 'x'.repeat(5000) })],
])('an enrolment that is %s is refused as malformed', async (_, body) => {
  expect(await postEnrol((await world.stranger()).to, body)).toEqual({ status: 400, body: { refused: 'malformed' } })
})

test('the same request again is refused as used', async () => {
  const ada = await world.stranger()
  const enrolment = await world.invite()
  expect(await ada.redeem(enrolment)).toMatchObject({ status: 200 })
  expect(await ada.redeem(enrolment)).toEqual({ status: 410, body: { refused: 'used' } })
  // Whose answer was lost finds out by connecting.
  expect(await (await ada.dial()).host.hello(HELLO)).toMatchObject({ protocol: AGENT_PROTOCOL })
})

// @security Between console and hosts: Of many who give one enrolment code at once, one is let in.
test('of many who give one code at once, one is let in', async () => {
  const enrolment = await world.invite()
  const consoles = await Promise.all(Array.from({ length: 6 }, (_, at) => world.stranger(`racer-${at}@desk`)))
  const answers = await Promise.all(consoles.map((one) => one.redeem(enrolment)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 410)).toHaveLength(5)
  expect(await world.administration.peers.list()).toHaveLength(1)
})

// @security Between console and hosts: Whoever tries too many codes is stopped.
test('who tries too many codes is told so, and it is logged', async () => {
  const mallory = await world.stranger('mallory@lair')
  const enrolment = await world.invite()
  const answers: number[] = []
  for (let at = 0; at < 14; at += 1) answers.push((await mallory.redeem(enrolment, { code: 'A'.repeat(22) })).status)
  expect(answers.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 404))
  expect(answers).toContain(429)
  expect(world.log.join('\n')).toContain('too-many')
})

// @security Between console and hosts: A console that is revoked is cut off at once, with what it had under way.
test('a revoked peer is cut off at once, with what it had under way, and is not let in again', async () => {
  const ada = await world.enrolled('ada@desk')
  const bob = await world.enrolled('bob@desk')
  const [socket, other] = [await dialWebSocket(ada.to), await bob.dial()]
  const watching = (await (await ada.dial()).run.watch()).next().catch((error: unknown) => error)
  const closed = once(socket, 'close')
  expect(await world.administration.peers.revoke({ peer: 'ada@desk' })).toMatchObject({ connections: 2 })
  const [code, reason] = await closed
  expect([code, String(reason)]).toEqual([4000, 'revoked'])
  expect(await watching).toMatchObject({ name: 'ConnectionLost' })
  await expect(ada.dial()).rejects.toMatchObject({ status: 403 })
  expect(await other.host.hello(HELLO)).toMatchObject({ protocol: AGENT_PROTOCOL })
  expect((await world.own.audit.list({ limit: 1 })).entries[0]).toMatchObject({
    action: 'peer.revoke',
    actor: 'root@host',
  })
})

test('a revoked peer that will not go is neither heard nor kept', async () => {
  const ada = await world.enrolled('ada@desk', { role: 'admin' })
  const socket = await dialWebSocket(ada.to)
  let frames = 0
  socket.on('message', () => (frames += 1))
  // Deaf to the goodbye: nothing that comes in is read any more.
  socket.pause()
  await world.administration.peers.revoke({ peer: 'ada@desk' })
  const access = { url: '/srv/late', username: '', serverPassword: '', password: 'p' }
  socket.send(JSON.stringify({ i: '1', p: { u: '/repository/add', b: { name: 'late', access } } }))
  await expect.poll(() => world.log.some((line) => line.includes('peer.disconnected')), { timeout: 20_000 }).toBe(true)
  expect(await world.own.repository.list()).toEqual([])
  expect(frames).toBe(0)
  socket.terminate()
})

test('a peer has only so many connections', async () => {
  const ada = await world.enrolled()
  const sockets = await Promise.all(Array.from({ length: 16 }, () => dialWebSocket(ada.to)))
  await expect(dialWebSocket(ada.to)).rejects.toMatchObject({ status: 503 })
  sockets[0]?.close()
  await expect.poll(async () => (await world.administration.peers.list())[0]?.connections).toBe(15)
  expect((await dialWebSocket(ada.to)).readyState).toBe(1)
})

test('connections that say nothing are few and short, and do not keep a peer out', async () => {
  const { port } = world.daemon.address ?? { port: 0 }
  const idle = Array.from({ length: 30 }, () => connectTcp(port, '127.0.0.1'))
  const ends = idle.map((socket) => {
    socket.on('error', () => undefined)
    return once(socket, 'close').then(() => 'hung up on')
  })
  const first = await Promise.race(ends)
  expect(first).toBe('hung up on')
  await expect.poll(() => idle.filter(({ closed }) => closed).length).toBe(30 - 8)
  for (const socket of idle) socket.destroy()
  const ada = await world.stranger()
  await expect
    .poll(() =>
      ada.redeem({ address: '', pin: '', code: 'A'.repeat(22), workspace: 'ops', role: 'viewer' }).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(404)
})

test('a console on a slow line has the time that it may give itself', async () => {
  const ada = await world.enrolled()
  const { port } = world.daemon.address ?? { port: 0 }
  const line = connectTcp(port, '127.0.0.1')
  await once(line, 'connect')
  // Longer than a line of this computer could ever need.
  await pause(6000)
  const { key, certificate } = ada.identity
  const socket = connect({ socket: line, key, cert: certificate, rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  await pause(6000)
  socket.write(
    `GET /agent HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\n\r\n`,
  )
  expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 101 /)
  socket.destroy()
})

test('an address that is taken is named', async () => {
  await using another = temporaryDirectory()
  await expect(daemonWorld(another.path, { listen: world.daemon.address })).rejects.toMatchObject({
    code: 'conflict',
    data: { what: 'cannot_listen', detail: `127.0.0.1:${world.daemon.address?.port}: EADDRINUSE` },
  })
})

test('peers are told when the agent stops, and those in the doorway do not hold it up', async () => {
  const socket = await dialWebSocket((await world.enrolled()).to)
  const waiting = connectTcp(world.daemon.address?.port ?? 0, '127.0.0.1')
  await once(waiting, 'connect')
  const closed = once(socket, 'close')
  await world[Symbol.asyncDispose]()
  expect(String((await closed)[1])).toBe('the agent is stopping')
  waiting.destroy()
})
