import { execFileSync } from 'node:child_process'
import { linkSync, symlinkSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { backUp, makeRepository, requireTool, runRestic } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { folderTotals } from './folder-totals.ts'
import { resolve, stat } from './resolve.ts'
import { openTreeReader } from './tree-reader.ts'
import { walk } from './walk.ts'

const FILES = { 'b/c/one.txt': 'one', 'b/two.txt': '22', 'a.txt': 'a', 'b/c/d/e/deep': 'deep', 'b-c': '' }

requireTool('restic')('walks over directories', () => {
  it('meet every node in restic’s order, with its fields', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path, files: FILES })
    symlinkSync('a.txt', join(made.source, 'link'))
    linkSync(join(made.source, 'a.txt'), join(made.source, 'twin'))
    const { snapshotId, treeId } = await backUp(made.repository, made.source)
    const ours: unknown[] = []
    for await (const { path, node } of walk(openTreeReader(made.repository), treeId, {})) {
      const { name, type, uid, gid, modified, accessed, changed, inode } = node
      const size = type === 'file' ? { size: node.size } : {}
      ours.push({ path, name, type, uid, gid, ...size, mtime: modified, atime: accessed, ctime: changed, inode })
    }
    const lines = (await runRestic(made.repository, ['ls', '--json', snapshotId])).trim().split('\n').slice(1)
    const keys = ['path', 'name', 'type', 'uid', 'gid', 'size', 'mtime', 'atime', 'ctime', 'inode']
    const theirs = lines.map((line) => {
      const node = JSON.parse(line) as Record<string, unknown>
      return Object.fromEntries(keys.flatMap((key) => (node[key] === undefined ? [] : [[key, node[key]]])))
    })
    expect(ours).toEqual(theirs)
  })

  it('find a path, and say when there is none', async () => {
    await using directory = temporaryDirectory()
    const { repository, treeId } = await makeRepository({ directory: directory.path, files: FILES })
    const reader = openTreeReader(repository)
    const deep = await resolve(reader, { treeId, path: '/b/c/d/' }, {})
    expect((await reader.list(deep ?? '', {})).name).toEqual(['e'])
    expect(await resolve(reader, { treeId, path: '/' }, {})).toBe(treeId)
    expect(await resolve(reader, { treeId, path: '/b/two.txt' }, {})).toBeUndefined()
    expect(await resolve(reader, { treeId, path: '/b/nothing/d' }, {})).toBeUndefined()
    expect(await stat(reader, { treeId, path: '/b/two.txt' }, {})).toMatchObject({ name: 'two.txt', size: 2 })
    expect(await stat(reader, { treeId, path: '/b/none' }, {})).toBeUndefined()
    await expect(resolve(reader, { treeId, path: '/b/../a' }, {})).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('add up what du adds up', async () => {
    await using directory = temporaryDirectory()
    const { repository, treeId, source } = await makeRepository({ directory: directory.path, files: FILES })
    const reader = openTreeReader(repository)
    const totals = await folderTotals(reader, treeId, {})
    expect(totals).toEqual({ bytes: 10, files: 5, directories: 4, others: 0 })
    const find = (type: string): number =>
      execFileSync('find', [source, '-mindepth', '1', '-type', type], { encoding: 'utf8' }).trim().split('\n').length
    expect([totals.files, totals.directories]).toEqual([find('f'), find('d')])
    const folder = await resolve(reader, { treeId, path: '/b' }, {})
    expect(await folderTotals(reader, folder ?? '', {})).toEqual({ bytes: 9, files: 3, directories: 3, others: 0 })
    await rm(repository.access.url, { recursive: true })
    expect(await folderTotals(reader, treeId, {})).toEqual(totals)
  })
})
