import { expect, test } from 'vitest'
import { declarationOf } from '../testing/fleet-fixture.ts'
import { covers, grantsOf } from './access.ts'

const access = { consumerId: 'c', groupId: 'g', type: 't' }

test('an enabled declaration covers its consumer, group and type, and nothing else', () => {
  const declared = [declarationOf('x')]
  expect(covers(declared, access)).toBe(true)
  expect(covers(declared, { ...access, consumerId: 'd' })).toBe(false)
  expect(covers(declared, { ...access, groupId: 'h' })).toBe(false)
  expect(covers(declared, { ...access, type: 'u' })).toBe(false)
  expect(covers([declarationOf('x', { enabled: false })], access)).toBe(false)
})

test('what a declaration gives is what no other of its consumer gives', () => {
  const declared = declarationOf('x')
  expect(grantsOf(declared, [declared])).toEqual([access])
  expect(grantsOf(declared, [declared, declarationOf('y', { machineId: 'a' })])).toEqual([])
  expect(grantsOf(declared, [declared, declarationOf('y', { enabled: false })])).toEqual([access])
  expect(grantsOf(declared, [declared, declarationOf('y', { consumerId: 'd' })])).toEqual([access])
  expect(grantsOf(declarationOf('x', { enabled: false }), [])).toEqual([])
})
