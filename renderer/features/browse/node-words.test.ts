import { expect, test } from 'vitest'
import { deviceWords, ownerWords, totalsWords } from './node-words.ts'

test.each([
  [{ user: 'postgres', group: 'adm', uid: 26, gid: 4 }, 'postgres:adm (26:4)'],
  [{ user: '', group: '', uid: 1000, gid: 1000 }, '1000:1000'],
  [{ user: 'maria', group: '', uid: 1000, gid: 100 }, 'maria:100 (1000:100)'],
])('an owner has the names that were recorded, and the numbers: %o', (owner, words) => {
  expect(ownerWords(owner)).toBe(words)
})

test.each([
  ['2049', '8:1'],
  ['1280', '5:0'],
  // makedev(259, 65536 + 7)
  [String((259n << 8n) | 7n | (256n << 20n)), '259:65543'],
  // makedev(4096, 3): major numbers beyond twelve bits lie above the lower half.
  [String((1n << 44n) | 3n), '4096:3'],
])('the device number %s is %s', (device, words) => {
  expect(deviceWords(device)).toBe(words)
})

test('totals name only what is there', () => {
  const totals = { bytes: 1536, files: 1, directories: 0, others: 0 }
  expect(totalsWords(totals)).toBe('1.50 KiB in 1 file')
  expect(totalsWords({ ...totals, directories: 1, others: 2 })).toBe('1.50 KiB in 1 file, 1 directory, 2 others')
})
