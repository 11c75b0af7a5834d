import { expect, test } from 'vitest'
import { geometryOf, rowsInSight, topToShow } from './row-geometry.ts'

const shape = { count: 1000, rowHeight: 30, height: 600, deviceRatio: 1 }

test('a list that a browser can lay out scrolls one to one', () => {
  expect(geometryOf(shape)).toEqual({ full: 30_000, bar: 30_000, ratio: 1 })
})

test('a longer one has a shorter bar whose end is still the last row', () => {
  for (const deviceRatio of [1, 1.5, 2]) {
    const long = { ...shape, count: 2_000_000, deviceRatio }
    const { full, bar, ratio } = geometryOf(long)
    expect(bar * deviceRatio).toBeLessThan(2 ** 25)
    expect((bar - long.height) * ratio).toBeCloseTo(full - long.height, 3)
  }
})

test('rows in sight, and a few around them, are drawn', () => {
  expect(rowsInSight(0, shape)).toEqual({ first: 0, end: 30 })
  expect(rowsInSight(3000, shape)).toEqual({ first: 90, end: 130 })
  expect(rowsInSight(29_400, shape)).toEqual({ first: 970, end: 1000 })
})

test('a row is shown by scrolling as little as possible', () => {
  expect(topToShow(5, 0, shape)).toBe(0)
  expect(topToShow(20, 0, shape)).toBe(30)
  expect(topToShow(5, 3000, shape)).toBe(150)
})
