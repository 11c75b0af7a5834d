import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { rename, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { HOSTILE_NAMES } from '../../../test/hostile-names.ts'
import {
  backUp,
  type MadeRepository,
  makeRepository,
  requireTool,
  runRestic,
  writeFiles,
} from '../../../test/restic.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { openTreeReader } from '../tree-reader.ts'
import { walk } from '../walk.ts'
import { type Searched, type SearchHit, type SearchQuery, search } from './search.ts'

const FILES = Object.fromEntries(
  Array.from({ length: 60 }, (_, at) => [`srv/team-${at % 6}/project-${at % 20}/file-${at}.txt`, `file ${at}\n`]),
)

async function makeHistory(directory: string): Promise<{ made: MadeRepository; snapshots: Searched[] }> {
  const made = await makeRepository({ directory, files: { ...FILES, 'etc/hosts': 'a', 'etc/nginx/hosts': 'b' } })
  const folder = join(made.source, 'odd')
  mkdirSync(folder)
  for (const name of HOSTILE_NAMES) writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), name]), 'odd')
  symlinkSync('etc/hosts', join(made.source, 'hosts'))
  const second = await backUp(made.repository, made.source)
  await writeFiles(made.source, { 'etc/hosts': 'changed', 'srv/team-1/project-1/new.txt': 'new' })
  await rename(join(made.source, 'srv/team-2'), join(made.source, 'srv/renamed'))
  const third = await backUp(made.repository, made.source)
  await rm(join(made.source, 'etc/nginx'), { recursive: true })
  await utimes(join(made.source, 'srv/team-3'), 1_000_000_000, 1_000_000_000)
  const fourth = await backUp(made.repository, made.source)
  const all = [{ snapshotId: made.snapshotId, treeId: made.treeId }, second, third, fourth]
  return { made, snapshots: all.map(({ snapshotId, treeId }) => ({ id: snapshotId, treeId })) }
}

async function collect(hits: AsyncIterable<SearchHit>): Promise<SearchHit[]> {
  const all: SearchHit[] = []
  for await (const hit of hits) all.push(hit)
  return all
}

const GLOBS = [
  'hosts',
  '*.txt',
  'file-1?.txt',
  'team-*',
  '[^a-s]*',
  'NEW.TXT',
  'etc/*',
  '/srv/*/project-1',
  '/etc/**/hosts',
]
const ODD_GLOBS = ['\\*', '\\[*', '?', '???', '*\\\\*', '*\u00e9*', ' *', '*[xy]*']

requireTool('restic')('searching', () => {
  it('finds by glob what restic finds, in each snapshot, whatever the names', async () => {
    await using directory = temporaryDirectory()
    const { made, snapshots } = await makeHistory(directory.path)
    const reader = openTreeReader(made.repository)
    for (const text of [...GLOBS, ...ODD_GLOBS]) {
      let found = 0
      const ignoreCase = text === 'NEW.TXT'
      const hits = await collect(search(reader, snapshots, { pattern: { kind: 'glob', text, ignoreCase } }))
      const args = ['find', '--json', '--no-lock', ...(ignoreCase ? ['--ignore-case'] : []), '--', text]
      const answer = JSON.parse(await runRestic(made.repository, args)) as {
        snapshot: string
        matches: { path: string }[]
      }[]
      for (const { id, treeId } of snapshots) {
        const ours = hits.filter(({ versions }) => versions.some(({ snapshotIds }) => snapshotIds.includes(id)))
        const paths = new Set(ours.map(({ path }) => path))
        // restic names all that is in a directory that fits, too.
        const expected: string[] = []
        for await (const { path } of walk(reader, treeId, {})) {
          const fits = [...path.matchAll(/\/|$/g)].some(({ index }) => paths.has(path.slice(0, index)))
          if (fits) expected.push(lossy(path))
        }
        const theirs = answer.find(({ snapshot }) => snapshot === id)?.matches ?? []
        found += theirs.length
        expect([text, theirs.map(({ path }) => path).toSorted()]).toEqual([text, expected.toSorted()])
      }
      expect([text, found > 0]).toEqual([text, true])
    }
  })

  it('groups by path the states of a node, with the snapshots that hold each', async () => {
    await using directory = temporaryDirectory()
    const { made, snapshots } = await makeHistory(directory.path)
    const [one = '', two = '', three = '', four = ''] = snapshots.map(({ id }) => id)
    const reader = openTreeReader(made.repository)
    const look = async (query: SearchQuery) =>
      (await collect(search(reader, snapshots.toReversed(), query))).map(({ path, versions }) => [
        path,
        ...versions.map(({ node, snapshotIds }) => [node.type, node.size, snapshotIds]),
      ])
    const pattern = { kind: 'text', text: 'hosts', ignoreCase: false } as const
    const expected = [
      ['/hosts', ['symlink', 0, [four, three, two]]],
      ['/etc/hosts', ['file', 7, [four, three]], ['file', 1, [two, one]]],
      ['/etc/nginx/hosts', ['file', 1, [three, two, one]]],
    ]
    expect(await look({ pattern })).toEqual(expected)
    expect(await look({ pattern })).toEqual(expected)
    expect(await look({ pattern, types: ['symlink'] })).toEqual(expected.slice(0, 1))
    expect(await look({ pattern, size: { least: 2 } })).toEqual([['/etc/hosts', ['file', 7, [four, three]]]])
    const team = { kind: 'regular-expression', text: '^team-[23]$', ignoreCase: false } as const
    expect(await look({ pattern: team, modified: { until: 1_100_000_000_000 } })).toEqual([
      ['/srv/team-3', ['dir', 0, [four]]],
    ])
    const renamed = await look({ pattern: { kind: 'text', text: 'renamed', ignoreCase: false } })
    expect(renamed).toEqual([['/srv/renamed', ['dir', 0, [four, three]]]])
  })

  it('stops when it is told to, and when nobody takes more', async () => {
    await using directory = temporaryDirectory()
    const { made, snapshots } = await makeHistory(directory.path)
    const reader = openTreeReader(made.repository)
    const pattern = { kind: 'glob', text: '*', ignoreCase: false } as const
    const stop = new AbortController()
    const seen: string[] = []
    const stopped = async () => {
      for await (const { path } of search(reader, snapshots, { pattern, signal: stop.signal })) {
        seen.push(path)
        stop.abort()
      }
    }
    await expect(stopped()).rejects.toMatchObject({ code: 'cancelled' })
    expect(seen.length).toBeLessThan(10)
    for await (const { path } of search(reader, snapshots, { pattern })) {
      expect(path).toBe('/etc')
      break
    }
    expect(() => search(reader, snapshots, { pattern: { ...pattern, text: '[' } })).toThrow('invalid_input')
  })
})

/** As restic prints a name: what is not UTF-8 becomes U+FFFD, byte by byte. */
function lossy(path: string): string {
  return path.replace(/[\udc80-\udcff]/gu, '\ufffd')
}
