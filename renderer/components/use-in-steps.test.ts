import { expect, test } from 'vitest'
import { stepOf } from './use-in-steps.ts'

const rows = (first: number, end: number): string[] =>
  Array.from({ length: end - first }, (_, step) => `${first + step}`)
const drawnAfter = (wanted: readonly string[], before: readonly string[]): readonly string[] => [
  ...stepOf(wanted, new Set(before), 3),
]

test('of rows that are new to the page the first few come, and so on until all are there', () => {
  expect(drawnAfter(rows(0, 7), [])).toEqual(rows(0, 3))
  expect(drawnAfter(rows(0, 7), rows(0, 3))).toEqual(rows(0, 6))
  expect(drawnAfter(rows(0, 7), rows(0, 6))).toEqual(rows(0, 7))
})

test('rows that are in the page stay where others come or go', () => {
  expect(drawnAfter(rows(2, 9), rows(0, 6))).toEqual(rows(2, 9))
  expect(drawnAfter(['9', ...rows(0, 4)], rows(0, 4))).toEqual(['9', ...rows(0, 4)])
  expect(drawnAfter([], rows(0, 4))).toEqual([])
})

test('rows with one key are one', () => {
  expect(drawnAfter(['a', 'a', 'a', 'b', 'c'], [])).toEqual(['a', 'b', 'c'])
})
