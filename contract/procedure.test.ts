import { expect, test } from 'vitest'
import { lacks, permits } from './procedure.ts'

test.each([
  ['viewer', 'viewer', true],
  ['viewer', 'operator', false],
  ['operator', 'viewer', true],
  ['operator', 'admin', false],
  ['admin', 'admin', true],
] as const)('%s for what needs %s: %s', (role, needed, allowed) => {
  expect(permits(role, needed)).toBe(allowed)
})

test('a permission is granted apart from the role: an admin without it may not, a viewer with it may', () => {
  const meta = { effect: 'write', needs: 'viewer', permission: 'read-contents' } as const
  expect(lacks({ role: 'admin', permissions: [] }, meta)).toBe('read-contents')
  expect(lacks({ role: 'viewer', permissions: ['read-contents'] }, meta)).toBeNull()
})

test('the role is asked for before the permission', () => {
  const meta = { effect: 'write', needs: 'operator', permission: 'read-contents' } as const
  expect(lacks({ role: 'viewer', permissions: [] }, meta)).toBe('operator')
})
