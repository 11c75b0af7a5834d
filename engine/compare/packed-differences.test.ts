import { expect, it } from 'vitest'
import { nodeTypeSchema, type NodeFacts } from '../../contract/shapes/tree.ts'
import type { Difference } from './difference.ts'
import { packDifferences, unpackDifferences } from './packed-differences.ts'

const ID = 'f0'.repeat(32)
const FACTS: NodeFacts = {
  type: 'file',
  size: 2 ** 52 + 1,
  mode: 0o7755,
  modified: '2026-03-01T12:00:00.123456789+01:00',
  treeId: null,
  linkTarget: null,
}

function difference(fields: Partial<Difference>): Difference {
  const change = { kind: 'modified', bitRot: false } as const
  return { name: 'name', change, before: FACTS, after: FACTS, holds: null, ...fields }
}

it('unpacks what it packed: every kind, every type, either side missing', () => {
  const kinds = ['added', 'removed', 'modified', 'retyped', 'metadata', 'inside', 'same'] as const
  const differences = [
    ...kinds.map((kind) => difference({ change: { kind, bitRot: false } })),
    ...nodeTypeSchema.options.map((type) => difference({ before: { ...FACTS, type } })),
    difference({ change: { kind: 'modified', bitRot: true } }),
    difference({ before: null, holds: ID }),
    difference({ after: null, before: { ...FACTS, type: 'dir', size: 0, treeId: ID } }),
  ]
  expect(unpackDifferences(packDifferences(differences))).toEqual(differences)
})

it('loses nothing of names and targets, whatever their bytes', () => {
  const texts = ['', 'é', '\u0000\n', '日本', 'a\udce9b', '🗂️', 'x'.repeat(100_000)]
  const differences = texts.flatMap((text) => [
    difference({ name: text }),
    difference({ after: { ...FACTS, type: 'symlink', linkTarget: text } }),
  ])
  expect(unpackDifferences(packDifferences(differences))).toEqual(differences)
})

it('packs nothing to nothing', () => {
  expect(unpackDifferences(packDifferences([]))).toEqual([])
})
