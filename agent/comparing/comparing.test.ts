import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toRows } from '../../contract/shapes/columns.ts'
import type { ChangeListEvent, RollUpEvent } from '../../contract/shapes/compare.ts'
import { backUp, type MadeRepository, makeRepository, requireTool, restic } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { type AgentWorld, agentWorld } from '../testing/agent-world.ts'

const MANY = 1500
const ALL = { offset: 0, limit: 10_000 }
const NOTHING = {
  added: 0,
  addedBytes: 0,
  removed: 0,
  removedBytes: 0,
  modified: 0,
  modifiedBytesBefore: 0,
  modifiedBytesAfter: 0,
  retyped: 0,
  metadata: 0,
}

requireTool('restic')('a comparison of two snapshots on a host', () => {
  const directory = temporaryDirectory()
  let world: AgentWorld
  let made: MadeRepository
  let pair: { repositoryId: string; before: string; after: string }
  beforeAll(async () => {
    const source = join(directory.path, 'source')
    const many = Object.fromEntries(Array.from({ length: MANY }, (_, at) => [`many/folder-${at}/file`, 'before']))
    const files = { 'etc/hosts': 'one', 'etc/gone': 'gone', 'old/letter.txt': 'Dear Ada', 'var/same': 'same', ...many }
    made = await makeRepository({ directory: directory.path, files })
    writeFileSync(join(source, 'etc/hosts'), 'two!')
    rmSync(join(source, 'etc/gone'))
    mkdirSync(join(source, 'new'))
    writeFileSync(join(source, 'new/moved.txt'), 'Dear Ada')
    rmSync(join(source, 'old/letter.txt'))
    symlinkSync('elsewhere', join(source, 'old/letter.txt'))
    for (let at = 0; at < MANY; at += 1) writeFileSync(join(source, `many/folder-${at}/file`), 'and after')
    const { treeId } = await backUp(made.repository, source)
    world = await agentWorld(directory.path, { resticCandidates: [restic().path] })
    const { url, password } = made.repository.access
    const added = await world.client.repository.add({
      name: '',
      access: { url, username: '', serverPassword: '', password },
    })
    pair = { repositoryId: added.id, before: made.treeId, after: treeId }
  })
  afterAll(async () => {
    await world[Symbol.asyncDispose]()
    await directory[Symbol.asyncDispose]()
  })

  test('has at its first level the folders that differ, and on demand those that do not', async () => {
    const level = await world.client.compare.level({ ...pair, ...ALL, all: false })
    const rows = toRows(level.rows)
    expect(rows.map(({ name }) => name)).toEqual(['etc', 'many', 'new', 'old'])
    expect(rows.map(({ kind }) => kind)).toEqual(['metadata', 'inside', 'added', 'metadata'])
    expect(level.total).toBe(4)
    const all = toRows((await world.client.compare.level({ ...pair, ...ALL, all: true })).rows)
    expect(all.map(({ name, kind }) => [name, kind === 'same'])).toContainEqual(['var', true])
    const page = await world.client.compare.level({ ...pair, offset: 1, limit: 2, all: false })
    expect([page.total, page.rows.name]).toEqual([4, ['many', 'new']])
  })

  async function rollUps(skip = 0): Promise<RollUpEvent[]> {
    const events: RollUpEvent[] = []
    for await (const event of await world.client.compare.rollUps({ ...pair, skip })) events.push(event)
    return events
  }

  test('is rolled up folder by folder, in batches, and begins where its asker had come to', async () => {
    const events = await rollUps()
    const told = events.flatMap((event) => (event.kind === 'folders' ? toRows(event.folders) : []))
    expect(told.length).toBe(MANY + 4)
    const byPath = new Map(told.map(({ path, rollUp }) => [path, rollUp]))
    expect(byPath.get('/etc')).toMatchObject({ removed: 1, removedBytes: 4, modified: 1, modifiedBytesAfter: 4 })
    expect(byPath.get('/new')).toEqual({ ...NOTHING, added: 1, addedBytes: 8 })
    expect(byPath.get('/old')).toEqual({ ...NOTHING, retyped: 1 })
    expect(byPath.get('/many')).toMatchObject({ modified: MANY, modifiedBytesBefore: 6 * MANY })
    expect(events.at(-1)).toMatchObject({
      kind: 'ended',
      rollUp: { added: 2, removed: 1, modified: MANY + 1, retyped: 1 },
    })
    const rest = (await rollUps(MANY)).flatMap((event) => (event.kind === 'folders' ? toRows(event.folders) : []))
    expect(rest).toEqual(told.slice(MANY))
    const level = toRows((await world.client.compare.level({ ...pair, ...ALL, all: false })).rows)
    expect(level.map(({ rollUp }) => rollUp)).toEqual(level.map(({ name }) => byPath.get(`/${name}`)))
  })

  test('ends when its reader leaves, and the next one is none the worse', async () => {
    for await (const _ of await world.client.compare.rollUps({ ...pair, skip: 0 })) break
    expect((await rollUps()).at(-1)).toMatchObject({ kind: 'ended' })
    expect(world.log.join('\n')).not.toContain('call.failed')
  })

  async function changes(wanted: object = {}) {
    const events: ChangeListEvent[] = []
    const query = { ...pair, metadata: false, filter: '', limit: 100_000, ...wanted }
    for await (const event of await world.client.compare.changes(query)) events.push(event)
    const rows = events.flatMap((event) => (event.kind === 'changes' ? toRows(event.changes) : []))
    return { lines: rows.map(({ modifier, path }) => `${modifier} ${path}`), ended: events.at(-1) }
  }

  test('is listed as restic lists it, narrowed to a text and a limit', async () => {
    const { lines, ended } = await changes({ filter: 'E' })
    expect(lines.filter((line) => !line.includes('/many/'))).toEqual([
      '- /etc/gone',
      'M /etc/hosts',
      '+ /new/',
      '+ /new/moved.txt',
      'T /old/letter.txt',
    ])
    expect(ended).toEqual({ kind: 'ended', complete: true })
    const some = await changes({ limit: 3 })
    expect([some.lines.length, some.ended]).toEqual([3, { kind: 'ended', complete: false }])
  })

  test('finds what was moved by what it holds', async () => {
    const source = join(directory.path, 'moving')
    mkdirSync(join(source, 'folder/deep'), { recursive: true })
    for (const name of ['one', 'deep/two']) writeFileSync(join(source, 'folder', name), `content of ${name}`)
    writeFileSync(join(source, 'alone'), 'by itself')
    writeFileSync(join(source, 'empty'), '')
    const { treeId: before } = await backUp(made.repository, source)
    mkdirSync(join(source, 'elsewhere'))
    renameSync(join(source, 'folder'), join(source, 'elsewhere/renamed'))
    renameSync(join(source, 'alone'), join(source, 'elsewhere/alone'))
    renameSync(join(source, 'empty'), join(source, 'elsewhere/empty'))
    const { treeId: after } = await backUp(made.repository, source)
    const { renames, complete } = await world.client.compare.renames({ ...pair, before, after })
    expect(complete).toBe(true)
    expect(toRows(renames)).toEqual([
      { from: '/alone', to: '/elsewhere/alone', type: 'file' },
      { from: '/folder', to: '/elsewhere/renamed', type: 'dir' },
    ])
  })

  test('of directories that are not there is refused', async () => {
    const missing = { ...pair, before: '0'.repeat(64) }
    await expect(world.client.compare.level({ ...missing, ...ALL, all: false })).rejects.toMatchObject({
      code: 'not_found',
      data: { what: 'tree' },
    })
    await expect(world.client.compare.renames({ ...pair, repositoryId: 'none' })).rejects.toMatchObject({
      data: { what: 'repository' },
    })
  })

  test('leaves the repository as it was', async () => {
    chmodSync(made.repository.access.url, 0o500)
    expect((await rollUps()).at(-1)).toMatchObject({ kind: 'ended' })
    chmodSync(made.repository.access.url, 0o700)
  })
})
