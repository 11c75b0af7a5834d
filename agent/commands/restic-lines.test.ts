import { expect, test } from 'vitest'
import type { StoredNode } from '../../engine/repository/stored-node.ts'
import { nodeLine } from './restic-lines.ts'

const NODE: StoredNode = {
  name: 'a',
  type: 'file',
  size: 0,
  mode: 0,
  modified: '2026-01-05T10:00:00.123456789Z',
  accessed: null,
  changed: null,
  uid: 0,
  gid: 0,
  user: '',
  group: '',
  inode: 0,
  deviceId: 0,
  links: 0,
  device: 0,
  linkTarget: null,
  treeId: null,
  content: [],
  attributes: [],
  generic: {},
  error: '',
}

test('what restic leaves out is left out, and the size of a file never is', () => {
  expect(nodeLine({ path: '/a', node: NODE })).toBe(
    '{"name":"a","type":"file","path":"/a","uid":0,"gid":0,"size":0,"permissions":"----------",' +
      '"mtime":"2026-01-05T10:00:00.123456789Z","atime":"0001-01-01T00:00:00Z","ctime":"0001-01-01T00:00:00Z",' +
      '"message_type":"node","struct_type":"node"}',
  )
})

test('an inode wider than a number keeps its digits', () => {
  const line = nodeLine({ path: '/a', node: { ...NODE, inode: 18_446_744_073_709_551_615n } })
  expect(line).toContain('"inode":18446744073709551615,')
})

test.each([
  ['dir', 0o1777, 2_148_532_735, 'dtrwxrwxrwx'],
  ['symlink', 0o777, 134_218_239, 'Lrwxrwxrwx'],
  ['dev', 0o660, 67_109_296, 'Drw-rw----'],
  ['chardev', 0o666, 69_206_454, 'Dcrw-rw-rw-'],
  ['fifo', 0o644, 33_554_852, 'prw-r--r--'],
  ['socket', 0o755, 16_777_709, 'Srwxr-xr-x'],
  ['irregular', 0o644, 524_708, '?rw-r--r--'],
  ['file', 0o6755, 12_583_405, 'ugrwxr-xr-x'],
] as const)('a %s of mode %o has the mode and the letters that Go gives it', (type, mode, goMode, letters) => {
  const line: unknown = JSON.parse(nodeLine({ path: '/a', node: { ...NODE, type, mode } }))
  expect(line).toMatchObject({ mode: goMode, permissions: letters })
})

test('a byte that is not UTF-8 is marked, a name that holds the mark itself is not', () => {
  const names = ['caf\udce9', 'caf\ufffd', '<&>\u2028"\\\n', '\u{1f600}']
  const written = names.map(
    (name) => /"name":(".*?"),"type"/.exec(nodeLine({ path: '/', node: { ...NODE, name } }))?.[1],
  )
  expect(written).toEqual(['"caf\\ufffd"', '"caf\ufffd"', '"\\u003c\\u0026\\u003e\\u2028\\"\\\\\\n"', '"\u{1f600}"'])
})
