import { expect, it } from 'vitest'
import { PairCache } from './pair-cache.ts'

const LIMIT = 2 ** 20
const textOf = (at: number, length: number): Buffer => Buffer.alloc(length, `${at} `)

it('hands back what was put in, small and large', () => {
  const cache = new PairCache(LIMIT)
  const lengths = [0, 1, 100, 30_000, 100_000, 5]
  for (const [at, length] of lengths.entries()) cache.put(`key ${at}`, textOf(at, length))
  for (const [at, length] of lengths.entries()) expect(cache.get(`key ${at}`)).toEqual(textOf(at, length))
  expect(cache.get('another')).toBeUndefined()
})

it('keeps a copy, not the memory that it was given', () => {
  const cache = new PairCache(LIMIT)
  const given = Buffer.from('as it was')
  cache.put('key', given)
  given.fill(0)
  expect(String(cache.get('key'))).toBe('as it was')
})

it('never holds more than its limit, and keeps a good part of what comes by again and again', () => {
  const cache = new PairCache(LIMIT)
  // Once and a half of what has room.
  const entries = 1_200
  let kept = 0
  for (let round = 0; round < 6; round += 1) {
    for (let at = 0; at < entries; at += 1) {
      const found = cache.get(`key ${at}`)
      if (found === undefined) cache.put(`key ${at}`, textOf(at, 1_000))
      else {
        expect(found).toEqual(textOf(at, 1_000))
        kept += 1
      }
      expect(cache.bytes).toBeLessThanOrEqual(LIMIT)
    }
  }
  expect(kept).toBeGreaterThan(entries)
})

it('does not begin to keep what would push out a quarter of the rest', () => {
  const cache = new PairCache(LIMIT)
  cache.put('small', textOf(1, 10))
  cache.put('huge', textOf(2, LIMIT / 4 + 1))
  expect(cache.get('huge')).toBeUndefined()
  expect(cache.get('small')).toBeDefined()
})

it('holds nothing once it is cleared', () => {
  const cache = new PairCache(LIMIT)
  cache.put('key', textOf(1, 10))
  cache.clear()
  expect([cache.get('key'), cache.bytes]).toEqual([undefined, 0])
  cache.put('key', textOf(2, 10))
  expect(cache.get('key')).toEqual(textOf(2, 10))
})
