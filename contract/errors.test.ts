import { expect, test } from 'vitest'
import { Fault, isFault, readFault, writeFault } from './errors.ts'

test('a fault is the same after it was written and read', () => {
  const fault = new Fault('no_space', { needed: 10, free: 3 })
  const again = readFault(JSON.parse(JSON.stringify(writeFault(fault))))
  expect(again).toBeInstanceOf(Fault)
  expect(again).toMatchObject({ code: 'no_space', data: { needed: 10, free: 3 } })
  expect(isFault(again, 'no_space')).toBe(true)
  expect(isFault(again, 'cancelled')).toBe(false)
})

test.each([
  ['a code that is not in the set', { code: 'teapot', data: {} }],
  ['a name every object has', { code: 'constructor', data: {} }],
  ['fields that do not fit', { code: 'no_space', data: { needed: -1, free: 'much' } }],
  ['no data', { code: 'no_space' }],
  ['no object', 'no_space'],
])('%s is no fault', (_, value) => {
  expect(readFault(value)).toBeUndefined()
})
