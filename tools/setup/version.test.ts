import { expect, it } from 'vitest'
import { isAtLeast } from './version.mjs'

it.each([
  ['0.17.1', '0.17.1', true],
  ['0.18.0', '0.17.1', true],
  ['v24.21.0', '24.15.0', true],
  ['1.0', '0.99.9', true],
  ['0.17.0', '0.17.1', false],
  ['0.9.10', '0.17.1', false],
  ['none', '24.15.0', false],
])('finds whether %s is at least %s', (version, wanted, answer) => {
  expect(isAtLeast(version, wanted)).toBe(answer)
})
