import { expect, test } from 'vitest'
import { nodeDetailsSchema } from '../../contract/shapes/tree.ts'
import type { StoredNode } from '../../engine/repository/stored-node.ts'
import { nodeDetails } from './node-details.ts'

const NODE: StoredNode = {
  name: 'caf\udce9',
  type: 'file',
  size: 12,
  mode: 0o4755,
  modified: '2026-01-05T10:00:00.123456789+01:00',
  accessed: '2026-01-06T10:00:00Z',
  changed: null,
  uid: 1000,
  gid: 100,
  user: 'ada',
  group: '',
  inode: 2n ** 64n - 1n,
  deviceId: 65_024,
  links: 2,
  device: 0,
  linkTarget: null,
  treeId: null,
  content: ['a'.repeat(64), 'b'.repeat(64)],
  attributes: [{ name: 'user.note', value: Buffer.from('kept') }],
  generic: {},
  error: '',
}

test('a node is told with all that restic keeps of it, but for what is in it', () => {
  expect(nodeDetailsSchema.parse(nodeDetails(NODE))).toEqual({
    name: 'caf\udce9',
    type: 'file',
    size: 12,
    modified: '2026-01-05T10:00:00.123456789+01:00',
    accessed: '2026-01-06T10:00:00Z',
    changed: null,
    mode: 0o4755,
    treeId: null,
    linkTarget: null,
    uid: 1000,
    gid: 100,
    user: 'ada',
    group: '',
    inode: '18446744073709551615',
    links: 2,
    device: null,
    attributes: [{ name: 'user.note', bytes: 4, mark: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown }],
    pieces: 2,
    error: '',
  })
})

test.each([
  ['dev', '2049'],
  ['chardev', '2049'],
  ['fifo', null],
  ['dir', null],
] as const)('the device that a %s stands for is %s', (type, device) => {
  expect(nodeDetails({ ...NODE, type, device: 2049 }).device).toBe(device)
})
