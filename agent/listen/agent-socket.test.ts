import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { connect as connectSocket, type Socket } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { agentContract } from '../../contract/agent/index.ts'
import { AGENT_PROTOCOL } from '../../contract/shapes/host.ts'
import { connect } from '../../contract/wire/client.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { daemonWorld } from '../testing/daemon-world.ts'
import { dialAgent } from './dial-socket.ts'

const HELLO = { origin: 'a test', peer: 'root@host', wants: 'agent' } as const

async function raw(directory: string): Promise<Socket> {
  const socket = connectSocket(join(directory, 'data', 'agent.sock'))
  await once(socket, 'connect')
  socket.setEncoding('utf8')
  return socket
}

async function heardUntilClosed(socket: Socket): Promise<string> {
  let heard = ''
  socket.on('data', (text) => (heard += String(text)))
  await once(socket, 'close')
  return heard
}

test('whoever may open the socket is admin, and is audited as what it says it is', async () => {
  await using directory = temporaryDirectory()
  await using world = await daemonWorld(directory.path)
  const access = { url: '/srv/repository', username: '', serverPassword: '', password: 'p' }
  await world.own.repository.add({ name: 'r', access })
  expect((await world.own.audit.list({ limit: 1 })).entries[0]).toMatchObject({ actor: 'root@host', origin: 'a test' })
})

test('the socket and its folder are for their owner alone', async () => {
  await using directory = temporaryDirectory()
  await using world = await daemonWorld(directory.path)
  const data = join(directory.path, 'data')
  expect(statSync(join(data, 'agent.sock')).mode & 0o777).toBe(0o600)
  expect(statSync(data).mode & 0o777).toBe(0o700)
  expect(world.daemon.socketConnections()).toBe(2)
})

// @security Between console and hosts: The agent’s local socket is not opened in a folder that others may enter.
test('a folder that others may enter is refused, and its rights are not touched', async () => {
  await using directory = temporaryDirectory()
  const data = join(directory.path, 'data')
  mkdirSync(data)
  chmodSync(data, 0o755)
  await expect(daemonWorld(directory.path)).rejects.toMatchObject({
    code: 'conflict',
    data: { what: 'open_to_others', detail: data },
  })
  expect(statSync(data).mode & 0o777).toBe(0o755)
})

test('what a killed agent left in its place does not keep the next one from listening', async () => {
  await using directory = temporaryDirectory()
  const data = join(directory.path, 'data')
  mkdirSync(data, { mode: 0o700 })
  writeFileSync(join(data, 'agent.sock'), '')
  await using world = await daemonWorld(directory.path)
  expect(await world.own.host.hello({ protocol: AGENT_PROTOCOL })).toMatchObject({ agentVersion: '0.0.0-test' })
})

test('a second agent on the same data does not take the socket of the first', async () => {
  await using directory = temporaryDirectory()
  await using world = await daemonWorld(directory.path)
  await expect(daemonWorld(directory.path)).rejects.toMatchObject({ data: { what: 'data_directory_in_use' } })
  const again = connect(agentContract, await dialAgent(join(directory.path, 'data'), HELLO))
  expect(await again.host.hello({ protocol: AGENT_PROTOCOL })).toMatchObject({
    hostname: (await world.own.host.hello({ protocol: AGENT_PROTOCOL })).hostname,
  })
})

test('the socket goes with its agent, and whoever calls then is told', async () => {
  await using directory = temporaryDirectory()
  const world = await daemonWorld(directory.path)
  await world[Symbol.asyncDispose]()
  const data = join(directory.path, 'data')
  expect(existsSync(join(data, 'agent.sock'))).toBe(false)
  await expect(dialAgent(data, HELLO)).rejects.toMatchObject({ code: 'unreachable', data: { reason: 'ENOENT' } })
})

test.each([
  ['a frame without a hello', JSON.stringify({ i: '1', p: { u: '/host/hello', b: { protocol: AGENT_PROTOCOL } } })],
  ['a hello that wants something else', JSON.stringify({ ...HELLO, wants: 'everything' })],
  ['a hello from nobody', JSON.stringify({ ...HELLO, peer: '' })],
  ['no JSON', 'hello'],
  ['a hello that is too long', JSON.stringify({ ...HELLO, padding: 'x'.repeat(5000) })],
])('%s is hung up on, without a word', async (_, line) => {
  await using directory = temporaryDirectory()
  await using world = await daemonWorld(directory.path)
  const socket = await raw(directory.path)
  const heard = heardUntilClosed(socket)
  socket.write(`${line}\n`)
  expect(await heard).toBe('')
  expect(await world.own.run.list({ limit: 1 })).toEqual([])
})

test('a hello of a newer command, and frames right behind it, are understood', async () => {
  await using directory = temporaryDirectory()
  await using world = await daemonWorld(directory.path)
  const socket = await raw(directory.path)
  const frame = JSON.stringify({ i: '1', p: { u: '/host/hello', b: { protocol: AGENT_PROTOCOL } } })
  socket.write(`${JSON.stringify({ ...HELLO, since: 'tomorrow' })}\n${frame}\n`)
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toContain('"agentVersion":"0.0.0-test"')
  socket.destroy()
  expect(world.daemon.address).not.toBeNull()
})
