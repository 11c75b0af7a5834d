import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { toColumns } from '../../contract/shapes/columns.ts'
import type { Selection } from '../../contract/shapes/restore.ts'
import type { NodeColumns } from '../../contract/shapes/tree.ts'
import { Directories } from './directories.ts'
import { readRules } from './rules.ts'
import { type Cover, coverSelection } from './selection.ts'

/** A folder by its entries' names; null is a file. */
interface Folder {
  readonly [name: string]: Folder | null
}

const SMALL: Folder = {
  etc: { hosts: null, nginx: { 'nginx.conf': null, sites: { a: null, b: null } } },
  home: { alice: { notes: null, old: {} }, bob: { notes: null } },
  'file\n*': null,
}

describe('covering a selection', () => {
  it('asks for everything without a pattern', async () => {
    expect(await compile({ include: ['/'], exclude: [] })).toEqual(out([]))
  })

  it('lists no directory for plain includes, nor for excludes from everything', async () => {
    const read: string[] = []
    expect(await compile({ include: ['/home/bob', '/etc/hosts'], exclude: [] }, read)).toEqual(
      chosen(['/etc/hosts', '/home/bob']),
    )
    expect(await compile({ include: ['/'], exclude: ['/etc/nginx', '/home/bob/notes'] }, read)).toEqual(
      out(['/etc/nginx', '/home/bob/notes']),
    )
    expect(read).toEqual([])
  })

  it('names the siblings of what is left out of a selected folder', async () => {
    expect(await compile({ include: ['/etc'], exclude: ['/etc/nginx/sites/a'] })).toEqual(
      chosen(['/etc/hosts', '/etc/nginx/nginx.conf', '/etc/nginx/sites/b']),
    )
  })

  it('lets the nearest rule win, however deep', async () => {
    const selection = { include: ['/', '/etc/nginx/sites'], exclude: ['/etc', '/etc/nginx/sites/b'] }
    expect(leavesOf(SMALL, await compile(selection))).toEqual([
      '/etc/nginx/sites/a',
      '/file\n*',
      '/home/alice/notes',
      '/home/alice/old',
      '/home/bob/notes',
    ])
  })

  it('drops rules that repeat what holds already', async () => {
    const selection = { include: ['/etc', '/etc/nginx', '/etc/nginx/sites/a'], exclude: ['/home/bob'] }
    expect(await compile(selection)).toEqual(chosen(['/etc']))
  })

  it('has nothing to ask when all is left out again', async () => {
    expect(await compile({ include: ['/etc'], exclude: ['/etc'] })).toEqual(chosen([]))
  })

  it('refuses a selected path that a listed directory does not have, and not one that is left out', async () => {
    const missing = { include: ['/etc', '/etc/gone/deep'], exclude: ['/etc/gone'] }
    await expect(compile(missing)).rejects.toMatchObject({
      code: 'not_found',
      data: { what: 'path', id: '/etc/gone/deep' },
    })
    expect(await compile({ include: ['/etc'], exclude: ['/etc/gone'] })).toEqual(chosen(['/etc/hosts', '/etc/nginx']))
  })

  it('says what to leave out where naming the siblings would take far longer', async () => {
    const large = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`f${index}`, null]))
    const selection = { include: ['/large'], exclude: ['/large/f7'] }
    const cover = await compile(selection, [], { large, other: { a: null }, more: null })
    expect(cover).toEqual(out(['/large/f7', '/more', '/other']))
  })

  it('selects what the rules say, for random trees and rules', async () => {
    const random = randomFrom(20_261_121)
    for (let round = 0; round < 2000; round++) {
      const tree = randomFolder(random, 0)
      const paths = ['/', ...pathsOf(tree)]
      const some = (count: number) => Array.from({ length: count }, () => paths[random(paths.length)] ?? '/')
      const selection = { include: some(1 + random(5)), exclude: some(random(6)) }
      const cover = await compile(selection, [], tree)
      const selected = { tree, selection, leaves: leavesByRule(tree, selection) }
      expect({ tree, selection, leaves: leavesOf(tree, cover) }).toEqual(selected)
    }
  })
})

function chosen(paths: readonly string[]): Cover {
  return { choice: 'in', paths }
}

function out(paths: readonly string[]): Cover {
  return { choice: 'out', paths }
}

function compile(selection: Selection, read: string[] = [], root: Folder = SMALL): Promise<Cover> {
  const { treeId, listings } = storeTree(root)
  const reader = {
    async list(id: string): Promise<NodeColumns> {
      read.push(id)
      const listing = listings.get(id)
      if (listing === undefined) throw new Error(`no tree ${id}`)
      return listing
    },
  }
  return coverSelection(readRules(selection), new Directories({ treeId, reader }))
}

function storeTree(root: Folder): { treeId: string; listings: Map<string, NodeColumns> } {
  const listings = new Map<string, NodeColumns>()
  const store = (folder: Folder): string => {
    const rows = Object.entries(folder).map(([name, child]) => ({
      name,
      type: child === null ? ('file' as const) : ('dir' as const),
      size: 0,
      modified: '2026-01-05T10:00:00Z',
      mode: 0o644,
      treeId: child === null ? null : store(child),
      linkTarget: null,
    }))
    const id = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
    listings.set(id, toColumns(rows, ['name', 'type', 'size', 'modified', 'mode', 'treeId', 'linkTarget']))
    return id
  }
  return { treeId: store(root), listings }
}

/** All paths with what they are. */
function* entriesOf(folder: Folder, above = ''): Generator<[path: string, child: Folder | null]> {
  for (const [name, child] of Object.entries(folder)) {
    yield [`${above}/${name}`, child]
    if (child !== null) yield* entriesOf(child, `${above}/${name}`)
  }
}

function pathsOf(folder: Folder): string[] {
  return [...entriesOf(folder)].map(([path]) => path)
}

/** Files, and folders that were empty from the start: others may be left empty by a selection. */
function leaves(folder: Folder): string[] {
  return [...entriesOf(folder)]
    .filter(([, child]) => child === null || Object.keys(child).length === 0)
    .map(([path]) => path)
    .sort()
}

/** What restic would restore: a model of its filter, in which a pattern is a path. */
function leavesOf(folder: Folder, { choice, paths }: Cover): string[] {
  const matched = (path: string) => paths.some((pattern) => path === pattern || path.startsWith(`${pattern}/`))
  return leaves(folder).filter((path) => matched(path) === (choice === 'in'))
}

/** What the contract says, word for word: the nearest rule decides, and leaving out wins a draw. */
function leavesByRule(folder: Folder, { include, exclude }: Selection): string[] {
  return leaves(folder).filter((leaf) => {
    for (let path = leaf; ; path = path.slice(0, path.lastIndexOf('/')) || '/') {
      if (exclude.includes(path)) return false
      if (include.includes(path)) return true
      if (path === '/') return false
    }
  })
}

/** Whole numbers below a limit, the same ones for the same seed (mulberry32). */
function randomFrom(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}

function randomFolder(random: (limit: number) => number, depth: number): Folder {
  const names = ['a', 'b', 'ab', 'a*', 'caf\udce9'].filter(() => random(2) === 0)
  return Object.fromEntries(
    names.map((name) => [name, depth < 4 && random(5) < 3 ? randomFolder(random, depth + 1) : null]),
  )
}
