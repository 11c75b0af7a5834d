import { expect, test } from 'vitest'
import type { NodeFacts } from '../../../contract/shapes/tree.ts'
import type { VersionSpan } from '../../../contract/shapes/version.ts'
import { versionRows } from './version-rows.ts'

const FILE: NodeFacts = {
  type: 'file',
  size: 1_000,
  modified: '2026-11-01T00:00:00Z',
  mode: 0o644,
  treeId: null,
  linkTarget: null,
}

function rowsOf(spans: readonly VersionSpan[], lookedAt = 0) {
  const positions = Array.from({ length: (spans.at(-1)?.last ?? 0) + 1 }, (_, at) => at)
  const series = {
    id: positions.map((at) => `snapshot-${at}`),
    time: positions.map((at) => `2026-11-${String(at + 1).padStart(2, '0')}T02:00:00Z`),
    hostname: positions.map(() => 'db-01'),
    treeId: positions.map((at) => `tree-${at}`),
  }
  return versionRows({ series, spans: [...spans] }, `snapshot-${lookedAt}`)
}

const span = (change: VersionSpan['change'], [first, last]: readonly [number, number], node: NodeFacts | null) => ({
  change,
  first,
  last,
  node,
})

test('the newest version comes first, with the snapshots that hold it', () => {
  const rows = rowsOf([span('first seen', [0, 1], FILE), span('changed', [2, 6], { ...FILE, size: 2_240 })])
  expect(rows).toMatchObject([
    { change: 'changed', snapshots: 5, since: '2026-11-03T02:00:00Z', isCurrent: true, differences: ['+1.21 KiB'] },
    { change: 'first seen', snapshots: 2, until: '2026-11-02T02:00:00Z', isCurrent: false, differences: [] },
  ])
})

test('a version is shown in the snapshot that is looked at where that holds it, else in its newest', () => {
  const rows = rowsOf([span('first seen', [0, 3], FILE), span('changed', [4, 5], { ...FILE, mode: 0o600 })], 1)
  expect(rows).toMatchObject([
    { isLookedAt: false, snapshot: { id: 'snapshot-5', treeId: 'tree-5' } },
    { isLookedAt: true, snapshot: { id: 'snapshot-1', treeId: 'tree-1' } },
  ])
})

test('what came back is compared with what was there before it was gone', () => {
  const rows = rowsOf([
    span('first seen', [0, 0], FILE),
    span('gone', [1, 1], null),
    span('back', [2, 2], { ...FILE, size: 960 }),
  ])
  expect(rows.map(({ differences }) => differences)).toEqual([['−40 B'], [], []])
})

test.each<[string, Partial<NodeFacts>, Partial<NodeFacts>, string[]]>([
  ['size and mode', {}, { size: 500, mode: 0o4755 }, ['−500 B', 'mode 0644 → 4755']],
  ['content alone', {}, { modified: '2026-11-02T00:00:00Z' }, ['same size']],
  ['type', { type: 'dir', size: 0, treeId: 'a' }, {}, ['was a folder']],
  ['folder', { type: 'dir', treeId: 'a' }, { type: 'dir', treeId: 'b' }, ['other contents']],
  ['link', { type: 'symlink', linkTarget: '/a' }, { type: 'symlink', linkTarget: '/b' }, ['pointed to /a']],
])('says how versions differ: %s', (_, before, after, said) => {
  const rows = rowsOf([
    span('first seen', [0, 0], { ...FILE, ...before }),
    span('changed', [1, 1], { ...FILE, ...after }),
  ])
  expect(rows[0]?.differences).toEqual(said)
})
