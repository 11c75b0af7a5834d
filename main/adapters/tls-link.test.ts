import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type DaemonWorld, daemonWorld } from '../../agent/testing/daemon-world.ts'
import { makeIdentity as makeAgentIdentity } from '../../engine/identity/identity.ts'
import { REASONS } from '../../contract/reasons.ts'
import { agentContract } from '../../contract/agent/index.ts'
import type { Enrolment } from '../../contract/shapes/enrolment.ts'
import { AGENT_PROTOCOL } from '../../contract/shapes/host.ts'
import { connect } from '../../contract/wire/client.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import type { Identity } from '../services/hosts/index.ts'
import { makeIdentity } from './console-identity.ts'
import { dialTls, redeem } from './tls-link.ts'

const { signal } = new AbortController()

let open: AsyncDisposableStack
let world: DaemonWorld
let me: Identity

beforeEach(async () => {
  open = new AsyncDisposableStack()
  world = open.use(await daemonWorld(open.use(temporaryDirectory()).path))
  me = await makeIdentity()
})
afterEach(() => open.disposeAsync())

function redeemed({ address, pin, code, workspace }: Enrolment, changes: object = {}) {
  return redeem({ address, pin }, me, { protocol: AGENT_PROTOCOL, code, workspace, peer: 'ada@desk', ...changes })
}

/** A server of nobody's, which tells what it was sent. */
async function stranger(server: Server): Promise<{ address: string; received: Buffer[] }> {
  const received: Buffer[] = []
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  server.on('secureConnection', (socket: TLSSocket) => socket.on('data', (bytes: Buffer) => received.push(bytes)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  open.defer(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  return { address: `127.0.0.1:${address.port}`, received }
}

test('a code lets this console in, once, and then its key does', async () => {
  const line = await world.invite({ role: 'admin' })
  expect(await redeemed(line)).toMatchObject({ agentId: world.daemon.agent.id, role: 'admin', workspace: 'ops' })
  const port = await dialTls(line, me, signal)
  let heard = 0
  port.onBytes?.(() => (heard += 1))
  expect(await connect(agentContract, port).run.list({ limit: 1 })).toEqual([])
  expect(heard).toBeGreaterThan(0)
  expect(await redeemed(line)).toEqual({ refused: 'used' })
})

test('each refusal of a code is its own', async () => {
  const line = await world.invite()
  expect(await redeemed({ ...line, code: 'A'.repeat(22) })).toEqual({ refused: 'unknown' })
  expect(await redeemed({ ...line, workspace: 'another' })).toEqual({ refused: 'workspace' })
  expect(await redeemed(line, { protocol: 99 })).toEqual({ refused: 'version' })
})

test('whoever has another key than the one that was pinned is sent nothing', async () => {
  const line = await world.invite()
  const { key, certificate: cert } = await makeIdentity()
  const { address, received } = await stranger(
    createTlsServer({ key, cert, requestCert: true, rejectUnauthorized: false }),
  )
  await expect(redeemed({ ...line, address })).rejects.toMatchObject({ obstacle: 'other_key' })
  await expect(dialTls({ ...line, address }, me, signal)).rejects.toMatchObject({
    obstacle: 'other_key',
    message: expect.stringContaining('Nothing was sent to it.'),
  })
  expect(received).toEqual([])
})

test('what is in the way is told apart: not enrolled, nobody there, no TLS, no name', async () => {
  const line = await world.invite()
  await expect(dialTls(line, me, signal)).rejects.toMatchObject({ obstacle: 'not_admitted' })
  const silent = createServer((socket) => socket.resume().end('SSH-2.0-OpenSSH_9.2\r\n'))
  const { address } = await stranger(silent)
  await expect(dialTls({ ...line, address }, me, signal)).rejects.toMatchObject({ obstacle: 'no_agent' })
  silent.close()
  await once(silent, 'close')
  await expect(dialTls({ ...line, address }, me, signal)).rejects.toMatchObject({
    obstacle: 'unreachable',
    message: `Nothing listens at ${address}.`,
  })
  const nowhere = { ...line, address: 'no-such-host.invalid:7420' }
  await expect(dialTls(nowhere, me, signal)).rejects.toMatchObject({ obstacle: 'unreachable' })
})

test('one that takes the connection and says nothing is left when the asker leaves', async () => {
  const { pin } = await world.invite()
  const { address } = await stranger(createServer())
  const stop = new AbortController()
  const dialled = dialTls({ address, pin }, me, stop.signal)
  stop.abort()
  await expect(dialled).rejects.toMatchObject({ obstacle: 'unreachable' })
})

test('an answer to a code that is lost is told from a code that was never given', async () => {
  const line = await world.invite()
  const { key, certificate: cert, pin } = await makeAgentIdentity('host')
  const server = createTlsServer({ key, cert, requestCert: true, rejectUnauthorized: false })
  const { address } = await stranger(server)
  server.on('secureConnection', (socket) => socket.on('data', () => socket.destroy()))
  await expect(redeemed({ ...line, address, pin })).rejects.toMatchObject({ obstacle: 'answer_lost' })
})

test('a port that is closed is closed at once, and one that is revoked says so', async () => {
  const line = await world.invite()
  await redeemed(line)
  const [first, second] = [await dialTls(line, me, signal), await dialTls(line, me, signal)]
  const reasons: string[] = []
  first.onClose((reason) => reasons.push(reason))
  first.close('enough')
  expect(reasons).toEqual(['enough'])
  const closed = new Promise<string>((resolve) => second.onClose(resolve))
  await world.administration.peers.revoke({ peer: 'ada@desk' })
  expect(await closed).toBe(REASONS.not_admitted)
  await expect(dialTls(line, me, signal)).rejects.toMatchObject({ obstacle: 'not_admitted' })
})
