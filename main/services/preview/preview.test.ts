import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { consoleContract } from '../../../contract/console/index.ts'
import { Fault } from '../../../contract/errors.ts'
import { connect } from '../../../contract/wire/client.ts'
import { AgentDouble } from '../../../test/agent-double.ts'
import { type ConsoleOverDouble, consoleOverDouble } from '../../../test/console-over-double.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'

const FILE = { repositoryId: 'r', snapshotId: 'b'.repeat(64), path: '/etc/caf\udce9', limit: 4096 }

let open: AsyncDisposableStack
let directory: string
let double: AgentDouble
let world: ConsoleOverDouble

beforeEach(async () => {
  open = new AsyncDisposableStack()
  directory = open.use(temporaryDirectory()).path
  double = new AgentDouble()
  world = open.use(await consoleOverDouble(double, directory))
})
afterEach(() => open.disposeAsync())

const recent = () => world.client.audit.recent({ hostId: world.hostId, limit: 10 })

test('the audit has a preview before the host is asked, and then how much was shown', async () => {
  const { client, hostId } = world
  const seen: unknown[] = []
  double.contents.preview = async () => {
    seen.push(...(await recent()))
    return 'root:x:0:0'
  }
  const { bytes, size } = await client.preview.read({ hostId, ...FILE })
  expect({ text: Buffer.from(bytes, 'base64').toString(), size }).toEqual({ text: 'root:x:0:0', size: 10 })
  const entry = {
    action: 'file.preview',
    hostId,
    repositoryId: 'r',
    snapshotId: FILE.snapshotId,
    summary: '/etc/caf\\xe9',
    origin: 'a test',
  }
  expect(seen).toMatchObject([{ ...entry, outcome: 'pending', bytes: null }])
  expect(await recent()).toMatchObject([{ ...entry, outcome: 'done', bytes: 10, endedAt: expect.any(String) }])
})

test('what the host refuses is recorded as refused', async () => {
  const { client, hostId } = world
  double.refusals.set('preview.read', new Fault('forbidden', { needs: 'read-contents' }))
  await expect(client.preview.read({ hostId, ...FILE })).rejects.toMatchObject({ code: 'forbidden' })
  expect(await recent()).toMatchObject([{ outcome: 'refused', summary: '/etc/caf\\xe9 (forbidden)', bytes: null }])
})

// @security Roles and workspaces: Without the permission to see contents, a host is not even asked for them.
test('without the permission the host is not asked, whatever the role', async () => {
  const { hostId, serveAs } = world
  const client = connect(consoleContract, serveAs('admin', []))
  await expect(client.preview.read({ hostId, ...FILE })).rejects.toMatchObject({ data: { needs: 'read-contents' } })
  expect(double.calls).not.toContain('preview.read')
})

test('a page that leaves does not leave the audit in doubt', async () => {
  const { hostId, serveAs } = world
  const port = serveAs('viewer')
  const asked = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<string>()
  double.contents.preview = () => {
    asked.resolve()
    return answer.promise
  }
  const reading = connect(consoleContract, port).preview.read({ hostId, ...FILE })
  await asked.promise
  port.close('the page left')
  await expect(reading).rejects.toThrow()
  answer.resolve('late')
  await expect.poll(recent).toMatchObject([{ outcome: 'done', bytes: 4 }])
})

test('nothing of it stays in the data directory', async () => {
  const { client, hostId } = world
  double.contents.preview = async () => 'a secret of somebody’s'
  await client.preview.read({ hostId, ...FILE })
  await world[Symbol.asyncDispose]()
  const needles = ['a secret of somebody’s', Buffer.from('a secret of somebody’s').toString('base64')]
  for (const file of readdirSync(directory)) {
    const bytes = readFileSync(join(directory, file))
    expect(needles.filter((needle) => bytes.includes(needle))).toEqual([])
  }
})
