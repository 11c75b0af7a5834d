import { expect, test } from 'vitest'
import { Tries } from './tries.ts'

function tries() {
  const time = { now: 0 }
  const clock = { now: () => new Date(0), elapsed: () => time.now }
  const limited = new Tries({ each: { tries: 3, seconds: 10 }, all: { tries: 8, seconds: 1 }, clock })
  return { time, take: (address: string, times: number) => Array.from({ length: times }, () => limited.take(address)) }
}
const count = (taken: readonly boolean[]): number => taken.filter(Boolean).length

test('an address has so many tries, and one more for each while that goes by', () => {
  const { time, take } = tries()
  expect(count(take('a', 10))).toBe(3)
  time.now += 10_000
  expect(count(take('a', 10))).toBe(1)
  time.now += 3_600_000
  expect(count(take('a', 10))).toBe(3)
})

test('all together have no more than so many, and who has none left takes none from them', () => {
  const { take } = tries()
  expect(count(take('a', 1000))).toBe(3)
  expect(['b', 'c', 'd'].map((address) => count(take(address, 3)))).toEqual([3, 2, 0])
})

test('a flood from ever new addresses is held by what all have together', () => {
  const { time, take } = tries()
  const taken = Array.from({ length: 20_000 }, (_, at) => count(take(`address-${at}`, 1)))
  expect(taken.reduce((sum, one) => sum + one)).toBe(8)
  time.now += 5000
  expect(count(take('honest', 1))).toBe(1)
})
