import { expect, test } from 'vitest'
import { scaleOf } from './plot-scale.ts'

const GIB = 1024 ** 3

test('an axis goes in round steps to at least the most there is', () => {
  expect(scaleOf(130, 'count')).toEqual({ top: 150, marks: [0, 50, 100, 150] })
  expect(scaleOf(100, 'count').top).toBe(100)
})

test('amounts that are counted have no marks between two whole ones', () => {
  expect(scaleOf(1, 'count')).toEqual({ top: 1, marks: [0, 1] })
  expect(scaleOf(2, 'count')).toEqual({ top: 2, marks: [0, 1, 2] })
})

test('bytes are round in the unit in which they are written', () => {
  expect(scaleOf(5.4 * GIB, 'bytes')).toEqual({ top: 6 * GIB, marks: [0, 2 * GIB, 4 * GIB, 6 * GIB] })
  expect(scaleOf(1.2 * GIB, 'bytes').marks[1]).toBe(0.5 * GIB)
  expect(scaleOf(700, 'bytes').marks.every(Number.isInteger)).toBe(true)
})

test('time is round in minutes and hours', () => {
  expect(scaleOf(1500, 'seconds').marks).toEqual([0, 600, 1200, 1800])
  expect(scaleOf(5 * 3600, 'seconds').marks).toEqual([0, 7200, 14_400, 21_600])
})

test('where there is nothing it still has an end', () => {
  expect(scaleOf(0, 'count')).toEqual({ top: 1, marks: [0, 1] })
  expect(scaleOf(0, 'bytes').top).toBe(1)
})
