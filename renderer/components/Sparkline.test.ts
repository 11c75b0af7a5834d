import { expect, test } from 'vitest'
import { sparklinePath } from './Sparkline.tsx'

test('the highest value touches the top, zero the bottom, and the line spans the width', () => {
  expect(sparklinePath([0, 5, 10], 100, 20)).toBe('M0 19L50 10L100 1')
})

test('values that are all zero lie on the ground', () => {
  expect(sparklinePath([0, 0], 10, 20)).toBe('M0 19L10 19')
})

test('one value draws nothing', () => {
  expect(sparklinePath([3], 10, 20)).toBe('')
})
