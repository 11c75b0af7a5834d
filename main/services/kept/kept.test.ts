import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { consoleContract } from '../../../contract/console/index.ts'
import { Fault, type FaultOf } from '../../../contract/errors.ts'
import { connect } from '../../../contract/wire/client.ts'
import { AgentDouble } from '../../../test/agent-double.ts'
import { type ConsoleOverDouble, consoleOverDouble, keychainInMemory } from '../../../test/console-over-double.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import type { Keychain } from '../secrets/index.ts'

const SNAPSHOT = 'b'.repeat(64)
const ROOT = 'c'.repeat(64)
const NAMES = ['payroll-2026.xlsx', 'caf\udce9', 'wedding-photographs']

let open: AsyncDisposableStack
let directory: string
let keychain: Keychain
let double: AgentDouble
let repositoryId: string

beforeEach(() => {
  open = new AsyncDisposableStack()
  directory = open.use(temporaryDirectory()).path
  keychain = keychainInMemory()
  double = new AgentDouble()
  repositoryId = double.addRepository('vault-of-accounting').id
  double.contents.addSnapshot(SNAPSHOT, ROOT)
  double.contents.trees.set(ROOT, NAMES)
})
afterEach(() => open.disposeAsync())

interface World extends ConsoleOverDouble {
  /** End the console; what it kept is written then. */
  end(): Promise<void>
  page(offset?: number): ReturnType<ConsoleOverDouble['client']['tree']['list']>
  snapshots(): ReturnType<ConsoleOverDouble['client']['snapshots']['list']>
}

/** A console that has reached its agent, unless that is away. */
async function begin(away: string | null = null): Promise<World> {
  const console = open.use(await consoleOverDouble(double, directory, keychain))
  const { client, hostId } = console
  console.refuseToDial(away)
  if (away !== null) double.cut(away)
  const state = away === null ? 'connected' : 'unreachable'
  await expect.poll(async () => (await client.hosts.get({ hostId })).link.state).toBe(state)
  return {
    ...console,
    async end() {
      await console[Symbol.asyncDispose]()
    },
    page: (offset = 0) => client.tree.list({ hostId, repositoryId, treeId: ROOT, offset, limit: 100 }),
    snapshots: () => client.snapshots.list({ hostId, repositoryId }),
  }
}

/** A console that has seen the snapshots and the root, and has ended. */
async function seen(): Promise<void> {
  const console = await begin()
  expect(await console.snapshots()).toMatchObject({ snapshots: { id: [SNAPSHOT] }, keptSince: null })
  expect(await console.page()).toMatchObject({ nodes: { name: NAMES }, keptSince: null })
  await console.end()
}

const asked = (call: string): number => double.calls.filter((one) => one === call).length

function inFile<T>(action: (database: Database.Database) => T, file = 'kept.db'): T {
  const database = new Database(join(directory, file))
  try {
    return action(database)
  } finally {
    database.close()
  }
}

interface Row {
  readonly id: number
  readonly sealed: Buffer
}

/** What lies sealed in the file, what was used last first. */
/** What is of repositories first, and of that what was used last. */
function rows(): Row[] {
  return inFile((database) =>
    database.prepare<[], Row>('SELECT rowid AS id, sealed FROM kept ORDER BY repository IS NULL, used DESC').all(),
  )
}

function overwrite({ id }: Pick<Row, 'id'>, sealed: Buffer): void {
  inFile((database) => database.prepare('UPDATE kept SET sealed = ? WHERE rowid = ?').run(sealed, id))
}

test('what was seen can be browsed after a restart while the host is away, with its age', async () => {
  await seen()
  const began = new Date().toISOString()
  const { client, hostId, page, snapshots } = await begin('the host is asleep')
  await expect.poll(async () => (await client.hosts.get({ hostId })).repositories).toHaveLength(1)
  expect(await client.hosts.get({ hostId })).toMatchObject({
    link: { state: 'unreachable', reason: 'Something unexpected happened: the host is asleep' },
    agent: { stagingRoot: '/var/restic-restore' },
    repositories: [{ id: repositoryId, name: 'vault-of-accounting' }],
  })
  const kept = await snapshots()
  expect(kept).toMatchObject({ snapshots: { id: [SNAPSHOT], treeId: [ROOT] }, keptSince: expect.any(String) })
  expect((kept.keptSince ?? began) < began).toBe(true)
  expect(await page()).toMatchObject({ nodes: { name: NAMES }, keptSince: expect.any(String) })
  await expect(page(100)).rejects.toMatchObject({ code: 'unreachable' })
})

test('a directory that was kept is not asked for again, its totals neither; the snapshots are', async () => {
  await seen()
  const { client, hostId, page, snapshots } = await begin()
  await expect.poll(async () => (await page()).keptSince).not.toBeNull()
  const before = asked('tree.list')
  await page()
  expect(asked('tree.list')).toBe(before)
  expect(await snapshots()).toMatchObject({ keptSince: null })
  expect(asked('snapshot.list')).toBe(2)
  const totals = { hostId, repositoryId, treeId: ROOT }
  expect(await client.tree.totals(totals)).toMatchObject({ files: 1 })
  double.refusals.set('tree.totals', new Fault('not_found', { what: 'tree', id: ROOT }))
  await expect.poll(() => client.tree.totals(totals).catch(() => null)).toMatchObject({ files: 1 })
})

// @security Secrets: Without its key the data directory says nothing of what was seen in repositories.
test('without the key the data directory says nothing of what was seen', async () => {
  await seen()
  expect(rows()).toHaveLength(3)
  const texts = ['payroll', 'wedding', 'caf', 'accounting', '/srv/', repositoryId, ROOT, SNAPSHOT]
  const needles = texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(text, 'hex')])
  const files = readdirSync(directory).filter((name) => name.startsWith('kept'))
  expect(files).toContain('kept.db')
  for (const file of files) {
    const bytes = readFileSync(join(directory, file))
    expect(needles.filter((needle) => needle.length > 2 && bytes.includes(needle))).toEqual([])
  }
})

test('what was changed on the disk is not shown but asked for anew', async () => {
  await seen()
  for (const { id, sealed } of rows()) {
    const last = sealed.length - 1
    overwrite({ id }, sealed.fill(sealed.readUInt8(last) ^ 1, last))
  }
  const console = await begin()
  const before = asked('tree.list')
  expect(await console.page()).toMatchObject({ nodes: { name: NAMES }, keptSince: null })
  expect(asked('tree.list')).toBe(before + 1)
  await expect.poll(async () => (await console.page()).keptSince).not.toBeNull()
})

test('a row put in another’s place is not shown', async () => {
  double.contents.trees.set('d'.repeat(64), ['another'])
  const first = await begin()
  await first.page()
  await first.client.tree.list({ hostId: first.hostId, repositoryId, treeId: 'd'.repeat(64), offset: 0, limit: 100 })
  await first.end()
  const [last, before] = rows()
  if (last === undefined || before === undefined) throw new Error('too few rows')
  overwrite(last, before.sealed)
  overwrite(before, last.sealed)
  const { page } = await begin()
  expect(await page()).toMatchObject({ nodes: { name: NAMES }, keptSince: null })
})

test('only a host or a server that cannot be reached is stood in for', async () => {
  await seen()
  const { snapshots } = await begin()
  const away = new Fault('unreachable', { host: 'backup.example', reason: 'timed out' })
  double.refusals.set('snapshot.list', away)
  await expect.poll(async () => (await snapshots()).keptSince).not.toBeNull()
  const others: FaultOf[] = [
    { code: 'forbidden', data: { needs: 'viewer' } },
    { code: 'unauthenticated', data: { by: 'backend' } },
    { code: 'wrong_password', data: {} },
    { code: 'not_found', data: { what: 'repository', id: repositoryId } },
  ]
  for (const { code, data } of others) {
    double.refusals.set('snapshot.list', new Fault(code, data))
    await expect(snapshots()).rejects.toMatchObject({ code })
  }
})

test('where nothing was kept, the fault is told', async () => {
  const { snapshots } = await begin()
  double.refusals.set('snapshot.list', new Fault('unreachable', { host: 'backup.example', reason: 'timed out' }))
  await expect(snapshots()).rejects.toMatchObject({ code: 'unreachable', data: { host: 'backup.example' } })
})

test('of a repository that is removed nothing is left, and nothing is kept that comes late', async () => {
  await seen()
  expect(rows()).toHaveLength(3)
  const { client, hostId, end, page } = await begin()
  await expect.poll(async () => (await page()).keptSince).not.toBeNull()
  await client.repositories.remove({ hostId, repositoryId })
  expect(await page()).toMatchObject({ keptSince: null })
  expect(await page()).toMatchObject({ keptSince: null })
  await end()
  expect(rows()).toHaveLength(1)
})

test('a repository that was removed from elsewhere is forgotten at the next connection', async () => {
  await seen()
  double.repositories.pop()
  await (await begin()).end()
  expect(rows()).toHaveLength(1)
})

test('a host that is not known any more is forgotten', async () => {
  await seen()
  inFile((database) => database.exec('DELETE FROM hosts'), 'console.db')
  writeFileSync(join(directory, 'installation'), '0c7a1d0e-6f4e-4d8e-9a51-5a8f1f0f6f1b\n')
  const other = await begin('asleep')
  await expect(other.page()).rejects.toMatchObject({ code: 'unreachable' })
  await other.end()
  expect(rows()).toEqual([])
})

test('a key that is lost costs what was kept, and nothing else', async () => {
  await seen()
  keychain = keychainInMemory()
  const { page, end } = await begin()
  expect(await page()).toMatchObject({ nodes: { name: NAMES }, keptSince: null })
  await end()
  expect(await (await begin('asleep')).page()).toMatchObject({ keptSince: expect.any(String) })
})

test('a secret store that will not keep the key keeps nothing, and all else works', async () => {
  const { set } = keychain
  keychain = {
    ...keychain,
    set: async (name, value) => {
      if (name.startsWith('kept-')) throw new Error('the keychain is full')
      await set(name, value)
    },
  }
  await seen()
  expect(readdirSync(directory).filter((name) => name.startsWith('kept'))).toEqual([])
  await expect((await begin('asleep')).page()).rejects.toMatchObject({ code: 'unreachable' })
})

test('a file that cannot be had keeps nothing, and all else works', async () => {
  mkdirSync(join(directory, 'kept.db'))
  await seen()
  const { page } = await begin()
  expect(await page()).toMatchObject({ nodes: { name: NAMES }, keptSince: null })
})

test('a viewer browses what was kept, and is refused what is not a viewer’s', async () => {
  await seen()
  const { hostId, serveAs } = await begin('asleep')
  const viewer = connect(consoleContract, serveAs('viewer', []))
  const { keptSince } = await viewer.snapshots.list({ hostId, repositoryId })
  expect(keptSince).not.toBeNull()
  const preview = viewer.preview.read({ hostId, repositoryId, snapshotId: SNAPSHOT, path: '/etc/a', limit: 1 })
  await expect(preview).rejects.toMatchObject({ code: 'forbidden', data: { needs: 'read-contents' } })
})
