import { expect, test } from 'vitest'
import { readDuration, readSize, writeDuration, writeSize } from './units.ts'

test.each([
  ['2h 30m', 9000],
  ['90m', 5400],
  ['1d 12h', 129_600],
  ['1w', 604_800],
  ['2 hours 30 minutes', 9000],
  ['2h30m', 9000],
  ['PT2H30M', 9000],
  ['P1DT12H', 129_600],
  [' 0s ', 0],
])('the duration %j is %i seconds', (text, seconds) => {
  expect(readDuration(text)).toBe(seconds)
})

test.each([
  '',
  '90',
  '-1h',
  '1.5h',
  '0.5s',
  '3 months',
  '1y',
  '1M 2',
  'P',
  'PT',
  'P1Y',
  'PT1.5S',
  'h',
  '9999999999999w',
])('the duration %j is refused', (text) => {
  expect(readDuration(text)).toBeUndefined()
})

test.each([
  [604_800, '7d'],
  [129_600, '1d 12h'],
  [90, '1m 30s'],
  [0, '0s'],
])('%i seconds are written %j, and read again', (seconds, text) => {
  expect(writeDuration(seconds)).toBe(text)
  expect(readDuration(text)).toBe(seconds)
})

test.each([
  ['20Gi', 20 * 1024 ** 3],
  ['20G', 20 * 1024 ** 3],
  ['512 MiB', 512 * 1024 ** 2],
  ['4k', 4096],
  ['10b', 10],
  ['1536', 1536],
])('the size %j is %i bytes', (text, bytes) => {
  expect(readSize(text)).toBe(bytes)
})

test.each(['', '20T', '1.5G', '-1', 'G', '1 2', '99999999999999G'])('the size %j is refused', (text) => {
  expect(readSize(text)).toBeUndefined()
})

test.each([
  [20 * 1024 ** 3, '20Gi'],
  [1536, '1536'],
  [2048, '2Ki'],
  [0, '0'],
])('%i bytes are written %j, and read again', (bytes, text) => {
  expect(writeSize(bytes)).toBe(text)
  expect(readSize(text)).toBe(bytes)
})
