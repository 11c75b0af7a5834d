import { expect, it } from 'vitest'
import type { NodeDetails } from '../../../contract/shapes/tree.ts'
import { metadataFields } from './metadata-fields.ts'

const NODE: NodeDetails = {
  name: 'a',
  type: 'file',
  size: 3,
  modified: '2026-11-20T10:00:00.123456789Z',
  mode: 0o644,
  treeId: null,
  linkTarget: null,
  accessed: null,
  changed: null,
  uid: 0,
  gid: 0,
  user: 'root',
  group: 'root',
  inode: '7',
  links: 1,
  device: null,
  attributes: [],
  pieces: 1,
  error: '',
}

function differing(...nodes: readonly (Partial<NodeDetails> | null)[]): string[] {
  const sides = nodes.map((node) => ({ node: node === null ? null : { ...NODE, ...node }, isLive: false }))
  return metadataFields(sides).flatMap(({ name, differs }) => (differs ? [name] : []))
}

it('marks what differs, to the nanosecond, and nothing else', () => {
  expect(differing({}, {})).toEqual([])
  expect(differing({}, { mode: 0o600, uid: 5 })).toEqual(['Mode', 'User'])
  expect(differing({}, { modified: '2026-11-20T10:00:00.123456788Z' })).toEqual(['Modified'])
})

it('takes one moment in two zones for one', () => {
  expect(differing({}, { modified: '2026-11-20T12:00:00.123456789+02:00' })).toEqual([])
  expect(differing({ modified: '2026-11-20T10:00:00Z' }, { modified: '2026-11-20T10:00:00.000Z' })).toEqual([])
})

it('compares only the sides that have the path, and of the host now only what it tells', () => {
  expect(differing({}, null)).toEqual([])
  const sides = [
    { node: NODE, isLive: false },
    { node: { ...NODE, user: '', size: 4 }, isLive: true },
  ]
  const fields = metadataFields(sides)
  expect(fields.filter(({ differs }) => differs).map(({ name }) => name)).toEqual(['Size'])
  expect(fields.find(({ name }) => name === 'User’s name')?.values).toEqual(['root', 'not told'])
})

it('tells two values of an attribute apart that take the same room', () => {
  const noteOf = (mark: string) => ({ ...NODE, attributes: [{ name: 'user.note', bytes: 4, mark }] })
  const fields = metadataFields([
    { node: noteOf('one'), isLive: false },
    { node: noteOf('other'), isLive: false },
    { node: { ...NODE, attributes: [] }, isLive: true },
  ])
  expect(fields.filter(({ differs }) => differs)).toEqual([
    { name: 'Attributes', values: ['user.note (4)', 'user.note (4), not the same', 'not told'], differs: true },
  ])
})
