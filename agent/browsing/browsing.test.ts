import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toRows } from '../../contract/shapes/columns.ts'
import type { SearchEvent } from '../../contract/shapes/search.ts'
import { HOSTILE_NAMES } from '../../test/hostile-names.ts'
import { backUp, type MadeRepository, makeRepository, requireTool, restic, runRestic } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { type AgentWorld, agentWorld } from '../testing/agent-world.ts'

const MANY = 1200
const QUERY = {
  types: null,
  size: { least: null, most: null },
  modified: { from: null, until: null },
  limit: 10_000,
}
const glob = (text: string) => ({ kind: 'glob' as const, text, ignoreCase: false })

interface History {
  readonly made: MadeRepository
  /** Oldest first: four of web-01's files, one of db-01, one of other files of web-01. */
  readonly ids: readonly string[]
  readonly treeIds: readonly string[]
}

/** A file that changes, goes and comes back; names of every kind; two machines. */
async function makeHistory(directory: string): Promise<History> {
  const source = join(directory, 'source')
  const odd = join(source, 'odd')
  mkdirSync(odd, { recursive: true })
  for (const name of HOSTILE_NAMES) writeFileSync(Buffer.concat([Buffer.from(`${odd}/`), name]), 'odd')
  mkdirSync(join(source, 'many'))
  for (let at = 0; at < MANY; at += 1) writeFileSync(join(source, `many/${at}.log`), '')
  mkdirSync(join(source, 'etc'))
  const hosts = join(source, 'etc/hosts')
  writeFileSync(hosts, 'one')
  const made = await makeRepository({ directory, source })
  const web = ['--host', 'web-01']
  const all = [await backUp(made.repository, source, web)]
  writeFileSync(hosts, 'two!')
  all.push(await backUp(made.repository, source, web))
  renameSync(hosts, join(source, 'etc/hosts.txt'))
  all.push(await backUp(made.repository, source, web))
  writeFileSync(hosts, 'three')
  all.push(await backUp(made.repository, source, web))
  all.push(await backUp(made.repository, join(source, 'etc'), ['--host', 'db-01']))
  all.push(await backUp(made.repository, odd, web))
  rmSync(source, { recursive: true })
  await runRestic(made.repository, ['forget', made.snapshotId])
  return { made, ids: all.map(({ snapshotId }) => snapshotId), treeIds: all.map(({ treeId }) => treeId) }
}

requireTool('restic')('looking into a repository', () => {
  const directory = temporaryDirectory()
  let history: History
  let world: AgentWorld
  let repositoryId: string
  beforeAll(async () => {
    history = await makeHistory(directory.path)
    world = await agentWorld(directory.path, { resticCandidates: [restic().path] })
    const { url, password } = history.made.repository.access
    const access = { url, username: '', serverPassword: '', password }
    repositoryId = (await world.client.repository.add({ name: '', access })).id
  })
  afterAll(async () => {
    await world[Symbol.asyncDispose]()
    await directory[Symbol.asyncDispose]()
  })

  async function search(changes: object = {}): Promise<SearchEvent[]> {
    const query = { ...QUERY, pattern: glob('hosts'), repositoryId, snapshotIds: null, ...changes }
    const events: SearchEvent[] = []
    for await (const event of await world.client.search.find(query)) events.push(event)
    return events
  }

  /** What a search found, with the snapshots that hold it, and what it ended with. */
  function read(events: readonly SearchEvent[]) {
    const [begun] = events
    const series = begun?.kind === 'begun' ? begun.series.id : []
    const rows = events.flatMap((event) => (event.kind === 'found' ? toRows(event.hits) : []))
    const holding = (held: readonly number[]): string[] => {
      const stretches = held.flatMap((first, at) => (at % 2 === 0 ? [[first, (held[at + 1] ?? 0) + 1] as const] : []))
      return stretches.flatMap(([first, end]) => series.slice(first, end))
    }
    return { series, rows: rows.map((row) => ({ ...row, in: holding(row.held) })), ended: events.at(-1) }
  }

  test('a search tells the series first, oldest snapshot first, then what restic finds, then that it has ended', async () => {
    for (const text of ['hosts', '*.txt', '*é*', 'etc/*', '*x*']) {
      const events = await search({ pattern: glob(text) })
      const { series, rows, ended } = read(events)
      expect(series).toEqual(history.ids)
      expect(events.map(({ kind }) => kind).indexOf('begun', 1)).toBe(-1)
      expect(ended).toMatchObject({ kind: 'ended', complete: true })
      const ours = rows.flatMap((row) => row.in.map((id) => `${id} ${lossy(row.path)}`))
      const answer = await runRestic(history.made.repository, ['find', '--json', '--no-lock', '--', text])
      const theirs = (JSON.parse(answer) as { snapshot: string; matches: { path: string }[] }[]).flatMap(
        ({ snapshot, matches }) => matches.map(({ path }) => `${snapshot} ${path}`),
      )
      expect([text, ours.toSorted()]).toEqual([text, theirs.toSorted()])
    }
  })

  test('rows of one path stand together, a row for each state, with each stretch of snapshots that holds it', async () => {
    const { rows } = read(await search())
    expect(rows.map(({ path, size, held }) => [path, size, held])).toEqual([
      ['/hosts', 5, [4, 4]],
      ['/etc/hosts', 3, [0, 0]],
      ['/etc/hosts', 4, [1, 1]],
      ['/etc/hosts', 5, [3, 3]],
    ])
    const odd = read(await search({ pattern: { kind: 'text', text: 'star*', ignoreCase: false } }))
    expect(odd.rows.map(({ path, held }) => [path, held])).toEqual([
      ['/star*', [5, 5]],
      ['/odd/star*', [0, 3]],
    ])
  })

  test('a search may be of some snapshots, and of what has a type, a size or a time', async () => {
    const [, two = '', three = ''] = history.ids
    const some = read(await search({ snapshotIds: [three, two, three] }))
    expect([some.series, some.rows.map(({ size, held }) => [size, held])]).toEqual([[two, three], [[4, [0, 0]]]])
    const sizes = async (changes: object) => read(await search(changes)).rows.map(({ size }) => size)
    expect(await sizes({ size: { least: 4, most: 4 } })).toEqual([4])
    expect(await sizes({ types: ['dir'] })).toEqual([])
    expect(await sizes({ modified: { from: null, until: 1_000_000_000_000 } })).toEqual([])
  })

  test('the first path comes by itself, the others in batches; a limit ends the search and is told', async () => {
    const all = await search({ pattern: glob('*.log'), snapshotIds: history.ids.slice(0, 4) })
    const batches = all.flatMap((event) => (event.kind === 'found' ? [event.hits.path.length] : []))
    expect(batches[0]).toBe(1)
    expect(Math.max(...batches)).toBeLessThanOrEqual(500)
    expect(batches.reduce((sum, rows) => sum + rows)).toBe(MANY)
    const { rows, ended } = read(await search({ pattern: glob('*.log'), limit: 700 }))
    expect([rows.length, ended]).toMatchObject([700, { kind: 'ended', complete: false }])
  })

  test('what cannot be searched is refused before anything is told', async () => {
    const refused = async (changes: object) => {
      const query = { ...QUERY, pattern: glob('['), repositoryId, snapshotIds: null, ...changes }
      return world.client.search.find(query).catch((error: unknown) => error)
    }
    expect(await refused({ repositoryId: 'none' })).toMatchObject({ code: 'invalid_input' })
    const expression = { kind: 'regular-expression', text: '(', ignoreCase: false }
    expect(await refused({ pattern: expression })).toMatchObject({ code: 'invalid_input' })
    const pattern = glob('*')
    expect(await refused({ pattern, repositoryId: 'none' })).toMatchObject({ data: { what: 'repository' } })
    const unknown = '0'.repeat(64)
    const snapshotIds = [history.ids[0], unknown]
    expect(await refused({ pattern, snapshotIds })).toMatchObject({ data: { what: 'snapshot', id: unknown } })
  })

  test('a search that its reader leaves ends, and the next one is none the worse', async () => {
    for await (const event of await world.client.search.find({
      ...QUERY,
      pattern: glob('*'),
      repositoryId,
      snapshotIds: null,
    })) {
      if (event.kind === 'found') break
    }
    expect(read(await search()).rows.length).toBe(4)
    expect(world.log.join('\n')).not.toContain('call.failed')
  })

  test('the versions of a path are those of its machine; who was made of other paths says nothing', async () => {
    const [one = '', two = '', three = '', four = ''] = history.ids
    const { series, spans } = await world.client.version.list({ repositoryId, snapshotId: two, path: '/etc/hosts' })
    expect(series).toMatchObject({ id: [one, two, three, four], hostname: Array(4).fill('web-01') })
    expect(series.treeId).toEqual(history.treeIds.slice(0, 4))
    expect(spans.map(({ change, first, last, node }) => [change, first, last, node?.size])).toEqual([
      ['first seen', 0, 0, 3],
      ['changed', 1, 1, 4],
      ['gone', 2, 2, undefined],
      ['back', 3, 3, 5],
    ])
    const folder = await world.client.version.list({ repositoryId, snapshotId: four, path: '/many' })
    expect(folder.spans).toMatchObject([{ change: 'first seen', first: 0, last: 3, node: { type: 'dir' } }])
    const missing = { repositoryId, snapshotId: 'f'.repeat(64), path: '/etc/hosts' }
    await expect(world.client.version.list(missing)).rejects.toMatchObject({ data: { what: 'snapshot' } })
  })

  test('a folder is summed up as restic lists it, and a node is told with its owner', async () => {
    const [id = ''] = history.ids
    const [treeId = ''] = history.treeIds
    const listing = await runRestic(history.made.repository, ['ls', '--json', '--no-lock', id])
    const nodes = listing
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as { path: string; type: string; size?: number; inode: number; uid: number })
    expect(await world.client.tree.totals({ repositoryId, treeId })).toEqual({
      bytes: nodes.reduce((sum, { size = 0 }) => sum + size, 0),
      files: nodes.filter(({ type }) => type === 'file').length,
      directories: nodes.filter(({ type }) => type === 'dir').length,
      others: 0,
    })
    const page = await world.client.tree.list({ repositoryId, treeId, offset: 0, limit: 10 })
    expect([page.servedBy, page.nodes.name]).toEqual(['native', ['etc', 'many', 'odd']])
    const etc = page.nodes.treeId[0] ?? ''
    const { inode, uid } = nodes.find(({ path }) => path === '/etc/hosts') ?? {}
    const details = await world.client.tree.node({ repositoryId, treeId: etc, name: 'hosts' })
    const expected = { name: 'hosts', inode: String(inode), uid, links: 1, device: null, pieces: 1, attributes: [] }
    expect(details).toMatchObject({ ...expected, size: 3, type: 'file', error: '' })
    await expect(world.client.tree.node({ repositoryId, treeId: etc, name: 'none' })).rejects.toMatchObject({
      code: 'not_found',
      data: { what: 'node', id: 'none' },
    })
  })
})

/** As restic prints a name: what is not UTF-8 becomes U+FFFD, byte by byte. */
function lossy(path: string): string {
  return path.replace(/[\udc80-\udcff]/gu, '\ufffd')
}
