import { expect, test } from 'vitest'
import { permits } from './procedure.ts'

test.each([
  ['viewer', 'viewer', true],
  ['viewer', 'operator', false],
  ['operator', 'viewer', true],
  ['operator', 'admin', false],
  ['admin', 'admin', true],
] as const)('%s for what needs %s: %s', (role, needed, allowed) => {
  expect(permits(role, needed)).toBe(allowed)
})
