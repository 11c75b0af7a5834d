import { expect, test } from 'vitest'
import { readSize } from './read-size.ts'

test.each([
  ['4096', 4_096],
  ['12 b', 12],
  ['1 byte', 1],
  ['10 MB', 10_000_000],
  ['10MiB', 10 * 1024 ** 2],
  ['1.5G', 1.5 * 1024 ** 3],
  [' 2 kb ', 2_000],
  ['3T', 3 * 1024 ** 4],
  ['', null],
  ['  ', null],
  ['-1', undefined],
  ['ten', undefined],
  ['10 X', undefined],
  ['1,5G', undefined],
  ['1.2.3', undefined],
])('%s', (text, bytes) => {
  expect(readSize(text)).toBe(bytes)
})
