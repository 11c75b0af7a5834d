import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { backUp, makeRepository, requireTool, runRestic, writeFiles } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import type { ResticRepository } from '../restic/repository.ts'
import { listSnapshots } from '../restic/snapshots.ts'
import { openTreeReader } from './tree-reader.ts'
import { versionsOf } from './versions.ts'

/** What the spans say, with the positions of all snapshots in which the path is so. */
async function look(repository: ResticRepository, path: string) {
  const oldestFirst = (await listSnapshots(repository, {})).toReversed()
  const { series, spans } = await versionsOf(openTreeReader(repository), { snapshots: oldestFirst, path }, {})
  const places = series.map((id) => oldestFirst.findIndex((snapshot) => snapshot.id === id))
  return spans.map(({ change, first, last, node }) => [
    change,
    node?.type === 'file' ? node.size : node?.type,
    places.slice(first, last + 1),
  ])
}

requireTool('restic')('what became of a path', () => {
  it('is told from snapshot to snapshot', async () => {
    await using directory = temporaryDirectory()
    const { repository, source } = await makeRepository({ directory: directory.path, files: { 'x/other': 'o' } })
    await writeFiles(source, { 'x/y/file': 'first' })
    await backUp(repository, source)
    await writeFiles(source, { 'x/y/neighbour': 'n' })
    await backUp(repository, source)
    await writeFiles(source, { 'x/y/file': 'second' })
    await backUp(repository, source)
    await rename(join(source, 'x/y'), join(source, 'x/z'))
    await backUp(repository, source)
    await rename(join(source, 'x/z'), join(source, 'x/y'))
    await backUp(repository, source)
    expect(await look(repository, '/x/y/file')).toEqual([
      ['first seen', 5, [1, 2]],
      ['changed', 6, [3]],
      ['gone', undefined, [4]],
      ['back', 6, [5]],
    ])
    expect((await look(repository, '/x/y')).map(([change]) => change)).toEqual([
      'first seen',
      'changed',
      'changed',
      'gone',
      'back',
    ])
    expect(await look(repository, '/never')).toEqual([])
  })

  it('is not told by snapshots of other paths', async () => {
    await using directory = temporaryDirectory()
    const { repository } = await makeRepository({ directory: directory.path, files: { 'relative.txt': 'r' } })
    const folder = join(directory.path, 'data')
    const [one, other] = [join(folder, 'one'), join(folder, 'other')]
    await writeFiles(folder, { 'one/file': '1', 'one/kept': 'k', 'other/file': '22' })
    await runRestic(repository, ['backup', one])
    await runRestic(repository, ['backup', other])
    await rm(join(one, 'file'))
    await runRestic(repository, ['backup', one])
    await runRestic(repository, ['backup', other, one])
    await runRestic(repository, ['backup', '.'], folder)
    expect(await look(repository, join(one, 'file'))).toEqual([
      ['first seen', 1, [1]],
      ['gone', undefined, [3, 4]],
    ])
    expect(await look(repository, join(other, 'file'))).toEqual([['first seen', 2, [2, 4]]])
    expect(await look(repository, '/relative.txt')).toEqual([['first seen', 1, [0]]])
    expect(await look(repository, '/other/file')).toEqual([['first seen', 2, [5]]])
    expect((await look(repository, folder)).map(([change, type]) => [change, type])).toEqual([
      ['first seen', 'dir'],
      ['changed', 'dir'],
      ['changed', 'dir'],
      ['changed', 'dir'],
    ])
  })

  it('knows the drives of Windows as folders of the root', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({
      directory: directory.path,
      files: { 'C/Users/x/file': '1', 'C/Users/x/kept': 'k', 'D/file': '22' },
    })
    await rm(join(made.source, 'C/Users/x/file'))
    const later = await backUp(made.repository, made.source)
    const reader = openTreeReader(made.repository)
    const recorded = [['C:\\Users\\x'], ['D:\\'], ['C:\\']]
    const snapshots = [
      { id: 'with the file', treeId: made.treeId, paths: ['C:\\Users\\x', 'D:\\'] },
      ...recorded.map((paths) => ({ id: paths.join(), treeId: later.treeId, paths })),
    ]
    const { series, spans } = await versionsOf(reader, { snapshots, path: '/C/Users/x/file' }, {})
    expect(series).toEqual(['with the file', 'C:\\Users\\x', 'C:\\'])
    expect(spans.map(({ change, first, last }) => [change, first, last])).toEqual([
      ['first seen', 0, 0],
      ['gone', 1, 2],
    ])
  })
})
