import { expect, test } from 'vitest'
import type { TypeRule } from '../../contract/control-plane/fleet.ts'
import { typeOf } from './type-of.ts'

const RULES: readonly TypeRule[] = [
  { by: 'tag', tag: 'nightly', type: 'tamanu-postgres' },
  { by: 'path', path: '/var/lib/postgresql/', type: 'postgres' },
]

test.each([
  ['what its tag says, before any rule', ['nightly', 'type=mail'], ['/var/lib/postgresql'], 'mail'],
  ['by a tag', ['nightly'], ['/home'], 'tamanu-postgres'],
  ['by a folder', [], ['/home', '/var/lib/postgresql'], 'postgres'],
  ['by a folder below', [], ['/var/lib/postgresql/16/main'], 'postgres'],
  ['not by a folder that only begins alike', [], ['/var/lib/postgresql-old'], 'files'],
  ['not by a folder above', [], ['/var'], 'files'],
  ['the usual one for an empty tag', ['type='], [], 'files'],
])('%s', (_, tags, paths, type) => {
  expect(typeOf({ tags, paths }, RULES)).toBe(type)
})
test('the first rule that fits', () => {
  const rules: readonly TypeRule[] = [{ by: 'path', path: '/', type: 'all' }, ...RULES]
  expect(typeOf({ tags: ['nightly'], paths: ['/home'] }, rules)).toBe('all')
})
