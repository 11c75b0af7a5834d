import {
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { toRows } from '../../contract/shapes/columns.ts'
import type { RollUp } from '../../contract/shapes/compare.ts'
import { compareNames } from '../../engine/name-order.ts'
import { noise } from '../../test/noise.ts'
import { makeRepository, requireTool, restic, runRestic } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { agentWorld } from '../testing/agent-world.ts'

const byPath = (one: string, other: string): number => compareNames(one.split(' ')[2] ?? '', other.split(' ')[2] ?? '')
const ALL = { offset: 0, limit: 1000, all: false }

/** A snapshot of a folder by its whole path, and an agent on the host where that folder is. */
async function worldOf(
  directory: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  target?: readonly string[],
) {
  const { repository, source } = await makeRepository({ directory, files })
  writeFileSync(join(directory, 'beside'), 'was not backed up')
  const paths = target ?? [source]
  const cwd = target === undefined ? undefined : source
  const output = await runRestic(repository, ['backup', '--json', '--quiet', ...paths], cwd)
  const { snapshot_id: snapshotId } = JSON.parse(output.trim().split('\n').at(-1) ?? '') as { snapshot_id: string }
  const world = await agentWorld(directory, { resticCandidates: [restic().path] })
  const { url, password } = repository.access
  const added = await world.client.repository.add({
    name: '',
    access: { url, username: '', serverPassword: '', password },
  })
  const snapshot = { repositoryId: added.id, snapshotId }
  const level = async (path: string, wanted: object = {}) => {
    const answer = await world.client.compare.liveLevel({ ...snapshot, path, ...ALL, ...wanted })
    return { hostPath: answer.hostPath, rows: toRows(answer.rows).map(({ name, kind }) => [name, kind]) }
  }
  const changes = async (path: string, wanted: { metadata: boolean; filter: string; limit: number }) => {
    const lines: string[] = []
    for await (const event of await world.client.compare.liveChanges({ ...snapshot, path, ...wanted }))
      if (event.kind === 'changes')
        lines.push(...toRows(event.changes).map((row) => `${row.modifier} ${row.kind} ${row.path}`))
    return lines
  }
  const rollUps = async (path: string) => {
    const folders: [string, RollUp][] = []
    for await (const event of await world.client.compare.liveRollUps({ ...snapshot, path })) {
      if (event.kind === 'folders')
        folders.push(...toRows(event.folders).map((one) => [one.path, one.rollUp] as [string, RollUp]))
      if (event.kind === 'ended') return { folders, ended: event }
    }
    throw new Error('it did not end')
  }
  return { ...world, source, snapshot, level, changes, rollUps }
}

requireTool('restic')('a snapshot beside the host now', () => {
  test('shows by size, time and rights what became of each path, and reads no file for it', async () => {
    await using directory = temporaryDirectory()
    const names = ['same', 'longer', 'touched', 'gone', 'linked', 'closed', 'folder/inside']
    const files = Object.fromEntries(names.map((name) => [name, `what ${name} holds`]))
    await using world = await worldOf(directory.path, files)
    const at = (name: string): string => join(world.source, name)
    writeFileSync(at('longer'), 'now it holds more than that')
    utimesSync(at('touched'), 1, 1)
    rmSync(at('gone'))
    rmSync(at('linked'))
    symlinkSync('same', at('linked'))
    chmodSync(at('closed'), 0o000)
    writeFileSync(Buffer.from(at('new\xe9'), 'latin1'), '')
    const { hostPath, rows } = await world.level(world.source)
    expect(hostPath).toBe(world.source)
    expect(rows).toEqual([
      ['folder', 'undecided'],
      ['closed', 'metadata'],
      ['gone', 'removed'],
      ['linked', 'retyped'],
      ['longer', 'modified'],
      ['new\udce9', 'added'],
      ['touched', 'undecided'],
    ])
    const all = await world.level(world.source, { all: true })
    expect(all.rows).toContainEqual(['same', 'same'])
    const { node } = await world.client.compare.liveNode({ ...world.snapshot, path: at('longer') })
    expect(node).toMatchObject({ type: 'file', size: 27, inode: String(statSync(at('longer')).ino), links: 1 })
    expect((await world.client.compare.liveNode({ ...world.snapshot, path: at('gone') })).node).toBeNull()
  })

  test('shows above what was backed up only the way there, and nothing beside it', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldOf(directory.path, { letter: 'Dear Ada' })
    expect((await world.level('/', { all: true })).rows.length).toBe(1)
    expect((await world.level(directory.path, { all: true })).rows.map(([name]) => name)).toEqual(['source'])
    const outside = { code: 'not_found', data: { what: 'host_path' } }
    for (const path of [join(directory.path, 'beside'), join(directory.path, 'repository'), '/root', '/etc']) {
      await expect(world.level(path)).rejects.toMatchObject(outside)
      await expect(world.client.compare.liveNode({ ...world.snapshot, path })).rejects.toMatchObject(outside)
      const query = { ...world.snapshot, path, limit: 10, compare: false }
      await expect(world.client.compare.liveContents(query)).rejects.toMatchObject(outside)
    }
    await expect(world.level(`${world.source}/../beside`)).rejects.toMatchObject({ code: 'invalid_input' })
  })

  test('follows no link out of what was backed up', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldOf(directory.path, { 'folder/letter': 'Dear Ada' })
    const folder = join(world.source, 'folder')
    renameSync(folder, join(directory.path, 'elsewhere'))
    symlinkSync(join(directory.path, 'elsewhere'), folder)
    expect((await world.level(world.source)).rows).toEqual([['folder', 'retyped']])
    expect((await world.level(folder)).rows).toEqual([['letter', 'removed']])
    const query = { ...world.snapshot, path: join(folder, 'letter'), limit: 10, compare: false }
    await expect(world.client.compare.liveContents(query)).rejects.toMatchObject({ data: { what: 'file' } })
    expect((await world.client.compare.liveNode({ ...world.snapshot, path: query.path })).node).toBeNull()
  })

  test('knows where a folder was that was backed up by a relative path', async () => {
    await using directory = temporaryDirectory()
    await using inside = await worldOf(join(directory.path, 'one'), { 'a/b': 'b' }, ['.'])
    expect(await inside.level('/a')).toEqual({ hostPath: join(inside.source, 'a'), rows: [] })
    await using named = await worldOf(join(directory.path, 'two'), { 'a/b': 'b', 'c/d': 'd', e: 'e' }, ['a', 'c'])
    expect(await named.level('/c')).toEqual({ hostPath: join(named.source, 'c'), rows: [] })
    expect((await named.level('/', { all: true })).rows.map(([name]) => name)).toEqual(['a', 'c'])
  })

  test('lists every change below a folder, as restic would list it, and adds each folder up', async () => {
    await using directory = temporaryDirectory()
    const names = ['a/deep/gone', 'a/deep/kept', 'a/touched', 'b-longer', 'old/inside']
    await using world = await worldOf(directory.path, Object.fromEntries(names.map((name) => [name, name])))
    const at = (name: string): string => join(world.source, name)
    rmSync(at('a/deep/gone'))
    rmSync(at('old'), { recursive: true })
    writeFileSync(at('b-longer'), 'it is longer now')
    utimesSync(at('a/touched'), 1, 1)
    mkdirSync(at('new/below'), { recursive: true })
    writeFileSync(at('new/below/file'), 'new')
    symlinkSync('..', at('new/up'))

    const list = { metadata: false, filter: '', limit: 1000 }
    expect(await world.changes(world.source, list)).toEqual(
      [
        '? undecided /a/touched',
        '- removed /a/deep/gone',
        'M modified /b-longer',
        '+ added /new/',
        '+ added /new/below/',
        '+ added /new/below/file',
        '+ added /new/up',
        '- removed /old/',
        '- removed /old/inside',
      ].toSorted(byPath),
    )
    expect(await world.changes(world.source, { ...list, filter: 'BELOW' })).toEqual([
      '+ added /new/below/',
      '+ added /new/below/file',
    ])
    expect(await world.changes(world.source, { ...list, limit: 1 })).toHaveLength(1)
    const metadata = await world.changes(world.source, { ...list, metadata: true })
    expect(metadata).toContain('U metadata /a/deep/')

    const { folders, ended } = await world.rollUps(world.source)
    expect(folders.map(([path]) => path)).toEqual(['/a/deep', '/a', '/new/below', '/new', '/old'])
    expect(Object.fromEntries(folders)['/a']).toMatchObject({ removed: 1, undecided: 1, modified: 0 })
    expect(ended).toMatchObject({
      directories: 6,
      rollUp: { added: 4, addedBytes: 3, removed: 3, modified: 1, undecided: 1, unread: 0 },
    })
    // From above what was backed up it is the same, and nothing beside it is met.
    expect((await world.rollUps('/')).ended.rollUp).toEqual({
      ...ended.rollUp,
      metadata: expect.any(Number) as unknown,
    })
  })

  test('stops looking when nobody listens any more, and ends where it is not to begin', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldOf(directory.path, { 'a/b': 'b' })
    const stop = new AbortController()
    stop.abort()
    const query = { ...world.snapshot, path: world.source }
    await expect(world.client.compare.liveRollUps(query, { signal: stop.signal })).rejects.toThrow()
    await expect(world.rollUps('/root')).rejects.toMatchObject({ code: 'not_found', data: { what: 'host_path' } })
  })

  test('compares what a file holds when asked, and shows its beginning', async () => {
    await using directory = temporaryDirectory()
    const large = noise(3, 5 * 2 ** 20)
    await using world = await worldOf(directory.path, { large, text: 'Dear Ada' })
    const read = (name: string, limit = 8) =>
      world.client.compare.liveContents({ ...world.snapshot, path: join(world.source, name), limit, compare: true })
    utimesSync(join(world.source, 'large'), 1, 1)
    expect(await read('large', 0)).toEqual({ size: large.length, bytes: '', same: true })
    large[large.length - 1] = (large.at(-1) ?? 0) ^ 1
    writeFileSync(join(world.source, 'large'), large)
    expect((await read('large', 0)).same).toBe(false)
    truncateSync(join(world.source, 'large'), 7)
    expect((await read('large')).same).toBe(false)
    writeFileSync(join(world.source, 'text'), 'Dear Eva')
    const { bytes, same } = await read('text', 5)
    expect([Buffer.from(bytes, 'base64').toString(), same]).toEqual(['Dear ', false])
    await expect(read('none')).rejects.toMatchObject({ data: { what: 'file' } })
    mkdirSync(join(world.source, 'folder'))
    await expect(read('folder')).rejects.toMatchObject({ code: 'invalid_input' })
  })

  test('shows what is in a file only to whoever may read contents, and each look is in the audit', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldOf(directory.path, { text: 'Dear Ada' })
    const query = { ...world.snapshot, path: join(world.source, 'text'), limit: 100, compare: false }
    const refused = { code: 'forbidden', data: { needs: 'read-contents' } }
    await expect(world.as('admin', []).compare.liveContents(query)).rejects.toMatchObject(refused)
    await world.as('viewer').compare.liveContents(query)
    const { entries } = await world.client.audit.list({ limit: 10 })
    const looks = entries.filter(({ action }) => action === 'file.preview')
    const summary = `${query.path}, on the host now`
    expect(looks).toMatchObject([
      { actor: 'viewer@desk', outcome: 'done', bytes: 8, summary, ...world.snapshot },
      { actor: 'admin@desk', outcome: 'refused', summary },
    ])
  })
})
