import { expect, test } from 'vitest'
import { ExpectedItems } from '../../engine/restore/expected-items.ts'
import { type RestoreOrder, readOrder, writeOrder } from './restore-order.ts'

/** Bytes that are no text, line ends of every kind, and the character that restic prints for bytes. */
const ODD = ['/caf\udce9', '/a\nb\r\u2028c', '/\ufffd', '/é\u{1f600}', '/"\\']

function order(items: readonly { path: string; size: number }[]): RestoreOrder {
  const expected = new ExpectedItems()
  expected.add(items)
  const { files, bytes } = expected
  return {
    repository: {
      restic: { path: '/usr/bin/restic', version: '0.18.0' },
      access: { url: 'rest:https://server/', username: 'u', serverPassword: 's', password: 'line\nend' },
      cacheDirectory: '/var/cache',
      mark: { RESTORE_RUN: 'one' },
    },
    snapshot: { id: 'a'.repeat(64) },
    targetPath: '/srv/é',
    prepared: { passes: [{ kind: 'include', paths: ODD }, { kind: 'everything' }], hash: 'h', files, bytes, expected },
  }
}

test('an order is read as it was written, whatever names are in it', () => {
  const items = [...ODD, '/alike', '/alike'].map((path, size) => ({ path, size }))
  const { prepared, ...given } = order(items)
  const { prepared: taken, ...read } = readOrder(writeOrder({ prepared, ...given }))
  expect(read).toEqual(given)
  expect({ ...taken, expected: [...taken.expected.sizes] }).toEqual({
    ...prepared,
    expected: [...prepared.expected.sizes],
  })
})

test('an order of more items than are written at a time is whole', () => {
  const items = Array.from({ length: 20_001 }, (_, size) => ({ path: `/${size}`, size }))
  const read = readOrder(writeOrder(order(items)))
  expect(read.prepared).toMatchObject({ files: 20_001, bytes: 20_001 * 10_000 })
})

test('an order that breaks off is refused, wherever it does', () => {
  const written = writeOrder(order(ODD.map((path) => ({ path, size: 1 }))))
  const lineEnds = [...written.keys()].filter((at) => written[at] === 0x0a)
  for (const end of [0, 10, ...lineEnds, written.length - 3]) {
    expect(() => readOrder(written.subarray(0, end))).toThrow()
  }
})
