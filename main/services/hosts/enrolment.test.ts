import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dialAgent } from '../../../agent/listen/dial-socket.ts'
import { type DaemonWorld, daemonWorld } from '../../../agent/testing/daemon-world.ts'
import type { ConsoleClient } from '../../../contract/console/index.ts'
import { type Enrolment, writeEnrolment } from '../../../contract/shapes/enrolment.ts'
import { AgentDouble } from '../../../test/agent-double.ts'
import { type ConsoleOverDouble, consoleOverDouble, keychainInMemory } from '../../../test/console-over-double.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { dialTls, redeem } from '../../adapters/tls-link.ts'
import { type Doors, LinkFailure } from './index.ts'

let open: AsyncDisposableStack
let directory: string
let agent: DaemonWorld
const keychain = keychainInMemory()

beforeEach(async () => {
  open = new AsyncDisposableStack()
  directory = open.use(temporaryDirectory()).path
  agent = open.use(await daemonWorld(open.use(temporaryDirectory()).path))
})
afterEach(() => open.disposeAsync())

async function begin(doors: Partial<Doors> = {}): Promise<ConsoleOverDouble> {
  return open.use(await consoleOverDouble(new AgentDouble(), directory, keychain, doors))
}

const enrol = (client: ConsoleClient, enrolment: Enrolment, name = '') =>
  client.hosts.enrol({ line: writeEnrolment(enrolment), name })
const recent = (client: ConsoleClient) => client.audit.recent({ hostId: null, limit: 10 })
const linkOf = async (client: ConsoleClient, hostId: string) => (await client.hosts.get({ hostId })).link

/** An agent of this console's, enrolled as an operator. */
async function enrolled(world: ConsoleOverDouble): Promise<string> {
  return (await enrol(world.client, await agent.invite(), 'db-01')).id
}

test('a line makes a host that is connected when the answer comes, and both sides have written it down', async () => {
  const written: unknown[] = []
  const world = await begin({
    async redeem(...asked) {
      written.push(...(await recent(world.client)))
      return redeem(...asked)
    },
  })
  const line = await agent.invite({ role: 'admin', permissions: ['read-contents'] })
  const host = await enrol(world.client, line)
  expect(host).toMatchObject({
    local: false,
    door: { kind: 'tls', address: line.address, pin: line.pin },
    link: { state: 'connected', lastSeenAt: expect.any(String) },
    agent: {
      agentId: agent.daemon.agent.id,
      granted: { role: 'admin', permissions: ['read-contents'], workspace: 'ops' },
    },
  })
  expect(host.name).toBe(host.agent?.hostname)
  const entry = { action: 'host.enrol', hostId: host.id, origin: 'a test' }
  expect(written).toMatchObject([{ ...entry, outcome: 'pending' }])
  expect(await recent(world.client)).toMatchObject([{ ...entry, outcome: 'done' }])
  expect(JSON.stringify(await recent(world.client))).not.toContain(line.code)
  const { entries } = await agent.own.audit.list({ limit: 1 })
  expect(entries).toMatchObject([{ action: 'peer.enrol', outcome: 'done' }])
})

test('each refusal is its own, and leaves no host behind', async () => {
  const { client } = await begin()
  const line = await agent.invite()
  const stranger = await agent.stranger('eve@desk')
  const used = await agent.invite()
  await stranger.redeem(used)
  const refusals = [
    ['code_unknown', { ...line, code: 'A'.repeat(22) }],
    ['code_workspace', { ...line, workspace: 'another' }],
    ['code_used', used],
    ['other_key', { ...line, pin: 'A'.repeat(43) }],
  ] as const
  for (const [what, wrong] of refusals) {
    await expect(enrol(client, wrong)).rejects.toMatchObject({ code: 'conflict', data: { what, detail: line.address } })
  }
  await expect(client.hosts.enrol({ line: writeEnrolment(line).slice(0, -1), name: '' })).rejects.toMatchObject({
    code: 'invalid_input',
    data: { issues: [{ path: ['line'] }] },
  })
  await expect(enrol(client, { ...line, address: '127.0.0.1:1' })).rejects.toMatchObject({ code: 'unreachable' })
  expect(await client.hosts.list(undefined)).toHaveLength(1)
  expect(await recent(client)).toMatchObject(Array.from({ length: 5 }, () => ({ outcome: 'refused' })))
  // None of them has cost the code.
  expect(await enrol(client, line)).toMatchObject({ link: { state: 'connected' } })
  await expect(enrol(client, line)).rejects.toMatchObject({ data: { what: 'code_used' } })
})

test('a code whose answer was lost has let this console in all the same', async () => {
  const { client } = await begin({
    async redeem(...asked) {
      await redeem(...asked)
      throw new LinkFailure('answer_lost', { reason: 'the answer was lost' })
    },
  })
  expect(await enrol(client, await agent.invite())).toMatchObject({ link: { state: 'connected' } })
})

test('a code whose answer was lost for good is in doubt, and the same line mends it', async () => {
  let isBroken = true
  const { client } = await begin({
    async redeem(...asked) {
      const answer = await redeem(...asked)
      if (isBroken) throw new LinkFailure('answer_lost', { reason: 'the answer was lost' })
      return answer
    },
    async dialTls(...asked) {
      if (isBroken) throw new LinkFailure('unreachable', { reason: 'the network is gone' })
      return dialTls(...asked)
    },
  })
  const line = await agent.invite()
  await expect(enrol(client, line)).rejects.toMatchObject({ code: 'unreachable' })
  expect(await recent(client)).toMatchObject([{ outcome: 'unknown' }])
  isBroken = false
  expect(await enrol(client, line)).toMatchObject({ link: { state: 'connected' } })
})

// @security Secrets: The console’s own key is never on the disk.
test('the console keeps its key over a restart, and not on the disk', async () => {
  const first = await begin()
  const hostId = await enrolled(first)
  await first[Symbol.asyncDispose]()
  for (const file of readdirSync(directory)) {
    expect(readFileSync(join(directory, file)).includes('PRIVATE KEY')).toBe(false)
  }
  const { client } = await begin()
  await expect.poll(async () => (await linkOf(client, hostId)).state).toBe('connected')
  expect(await agent.administration.peers.list(undefined)).toHaveLength(1)
})

test('a console that is revoked is told so and asks no more; another line lets it in again, as what that says', async () => {
  const world = await begin()
  const { client } = world
  const hostId = await enrolled(world)
  await client.hosts.change({ hostId, name: 'the database', labels: ['prod'], pinned: null })
  const [peer] = await agent.administration.peers.list(undefined)
  await agent.administration.peers.revoke({ peer: peer?.pin ?? '' })
  await expect.poll(async () => (await linkOf(client, hostId)).state).toBe('refused')
  expect((await linkOf(client, hostId)).reason).toMatch(/^The agent does not know this console/)
  await client.hosts.reach({ hostId })
  await expect.poll(async () => (await linkOf(client, hostId)).state).toBe('refused')

  const again = await enrol(client, await agent.invite({ role: 'viewer' }))
  expect(again).toMatchObject({
    id: hostId,
    name: 'the database',
    labels: ['prod'],
    link: { state: 'connected' },
    agent: { granted: { role: 'viewer' } },
  })
})

test('a host that is reached through ssh already is not enrolled beside itself', async () => {
  const dataDirectory = join(open.use(temporaryDirectory()).path, 'host')
  const host = open.use(await daemonWorld(dataDirectory))
  const { client } = await begin({
    dialSsh: () =>
      dialAgent(join(dataDirectory, 'data'), { origin: 'ssh from 127.0.0.1', peer: 'root@desk', wants: 'agent' }),
  })
  expect(await client.hosts.addThroughSsh({ destination: 'db-01', name: '' })).toMatchObject({
    link: { state: 'connected' },
    agent: { granted: { role: 'admin', workspace: null } },
  })
  const line = await host.invite()
  await expect(enrol(client, line)).rejects.toMatchObject({ code: 'conflict', data: { what: 'host_exists' } })
})

test('an agent that comes back, at another address too, is found again', async () => {
  const world = await begin()
  const { client } = world
  const dataDirectory = open.use(temporaryDirectory()).path
  const first = await daemonWorld(dataDirectory)
  const { id: hostId } = await enrol(client, await first.invite())
  await first[Symbol.asyncDispose]()
  await expect.poll(async () => (await linkOf(client, hostId)).state).toBe('unreachable')
  await expect(client.snapshots.list({ hostId, repositoryId: 'r' })).rejects.toMatchObject({
    code: 'unreachable',
    data: { reason: expect.stringMatching(/Last seen \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$/) },
  })
  const second = open.use(await daemonWorld(dataDirectory))
  const line = await second.invite()
  expect(await enrol(client, line)).toMatchObject({
    id: hostId,
    door: { address: line.address },
    link: { state: 'connected' },
  })
})
