import { expect, test } from 'vitest'
import type { RestoreSource } from '../../../contract/shapes/restore.ts'
import { clashesOf, itemsOf } from './basket-items.ts'

const of = (snapshotId: string, include: string[], exclude: string[] = []): RestoreSource => ({
  snapshotId,
  selection: { include, exclude },
})
const met = (...sources: RestoreSource[]): string[] =>
  clashesOf(sources).map(({ one, other }) => `${one.snapshotId}${one.path} ${other.snapshotId}${other.path}`)

test.each<[string, RestoreSource[], string[]]>([
  ['the same path', [of('a', ['/etc']), of('b', ['/etc'])], ['a/etc b/etc']],
  ['one within the other', [of('a', ['/etc/hosts']), of('b', ['/etc'])], ['a/etc/hosts b/etc']],
  ['the other within the one', [of('a', ['/etc']), of('b', ['/etc/hosts'])], ['b/etc/hosts a/etc']],
  ['all of another snapshot', [of('a', ['/']), of('b', ['/srv'])], ['b/srv a/']],
  ['three of them', [of('a', ['/x']), of('b', ['/x']), of('c', ['/x'])], ['a/x b/x', 'a/x c/x', 'b/x c/x']],
  ['names that only begin alike', [of('a', ['/etc/host']), of('b', ['/etc/hosts'])], []],
  ['different paths', [of('a', ['/etc']), of('b', ['/srv'])], []],
  ['one snapshot alone', [of('a', ['/etc', '/etc/nginx'])], []],
  ['what is left out of the folder', [of('a', ['/etc'], ['/etc/hosts']), of('b', ['/etc/hosts'])], []],
  [
    'what is left out, but for that',
    [of('a', ['/etc', '/etc/n/x'], ['/etc/n']), of('b', ['/etc/n'])],
    ['a/etc/n/x b/etc/n'],
  ],
])('two versions of one path: %s', (_, sources, clashes) => {
  expect(met(...sources).toSorted()).toEqual(clashes.toSorted())
})

test('each item says how much is left out below it, by the nearest rule', () => {
  expect(itemsOf(of('a', ['/etc', '/etc/n/keep', '/srv'], ['/etc/n', '/etc/hosts', '/etc/n/keep/not']))).toEqual([
    { snapshotId: 'a', path: '/etc', without: 2 },
    { snapshotId: 'a', path: '/etc/n/keep', without: 1 },
    { snapshotId: 'a', path: '/srv', without: 0 },
  ])
})

test('a hundred thousand paths of two snapshots are compared without comparing each with each', () => {
  const paths = (folder: string): string[] => Array.from({ length: 100_000 }, (_, at) => `/srv/${folder}/f${at}`)
  expect(met(of('a', [...paths('x'), '/srv/y/f7']), of('b', paths('y')))).toEqual(['a/srv/y/f7 b/srv/y/f7'])
})
