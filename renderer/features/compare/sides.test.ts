import { expect, it } from 'vitest'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { sidesOf } from './sides.ts'

function snapshot(id: string, hostname: string, paths: readonly string[]): Snapshot {
  return {
    id,
    time: '2026-11-20T01:00:00Z',
    hostname,
    username: 'root',
    paths: [...paths],
    tags: [],
    treeId: id,
    files: null,
    bytes: null,
  }
}

const SNAPSHOTS = [
  snapshot('5', 'web', ['/srv', '/etc']),
  snapshot('4', 'db', ['/etc', '/srv']),
  snapshot('3', 'web', ['/etc']),
  snapshot('2', 'web', ['/etc', '/srv']),
  snapshot('1', 'db', ['/var']),
]

function idsOf(from: string | null, to: string | null) {
  const sides = sidesOf(SNAPSHOTS, { from, to })
  return sides === null ? null : [sides.before.id, sides.after === 'now' ? 'now' : sides.after.id]
}

it('compares the newest with the one before it of the same machine and paths', () => {
  expect(idsOf(null, null)).toEqual(['2', '5'])
  expect(idsOf(null, '5')).toEqual(['2', '5'])
})

it('takes the nearest of the same machine, or any, where none was made of the same paths', () => {
  expect(idsOf(null, '4')).toEqual(['1', '4'])
  expect(idsOf(null, '3')).toEqual(['2', '3'])
  expect(idsOf(null, '2')).toEqual(['1', '2'])
})

it('takes what was asked for, whichever is older, and the host now', () => {
  expect(idsOf('5', '2')).toEqual(['5', '2'])
  expect(idsOf('2', null)).toEqual(['2', '5'])
  expect(idsOf('2', 'now')).toEqual(['2', 'now'])
  expect(idsOf(null, 'now')).toEqual(['5', 'now'])
})

it('finds nothing where there are too few', () => {
  expect(idsOf(null, '1')).toBeNull()
  expect(sidesOf([], { from: null, to: null })).toBeNull()
  expect(sidesOf([], { from: null, to: 'now' })).toBeNull()
})
