import { expect, test } from 'vitest'
import { Fault } from '../../../contract/errors.ts'
import { type AccessTest, accessOf, allowedBy, currentTest, EMPTY_FORM } from './tested-access.ts'

const form = { ...EMPTY_FORM, url: 'rest:https://backup.example/x', username: 'u', serverPassword: 's', password: 'p' }
const passed: AccessTest = { state: 'passed', access: accessOf(form), probe: { snapshots: 3, lockedBy: null } }

test('a repository can be kept only after a test of exactly these values', () => {
  expect(allowedBy(currentTest(null, form))).toBe('nothing')
  expect(allowedBy(currentTest(passed, form))).toBe('save')
  for (const change of [
    { url: 'rest:https://backup.example/y' },
    { username: 'v' },
    { serverPassword: 't' },
    { password: 'q' },
  ])
    expect(allowedBy(currentTest(passed, { ...form, ...change }))).toBe('nothing')
})

test('the name is not part of what was tested', () => {
  expect(allowedBy(currentTest(passed, { ...form, name: 'Laptop' }))).toBe('save')
})

test('a repository can be made only where the test found none', () => {
  const failed = (error: unknown): AccessTest => ({ state: 'failed', access: accessOf(form), error })
  expect(allowedBy(failed(new Fault('repository_not_initialised', {})))).toBe('initialise')
  expect(allowedBy(failed(new Fault('wrong_password', {})))).toBe('nothing')
  expect(allowedBy({ state: 'running', access: accessOf(form) })).toBe('nothing')
})

test('credentials typed for a server are not handed on to a place that takes none', () => {
  expect(accessOf({ ...form, url: ' /media/backup ' })).toEqual({
    url: '/media/backup',
    username: '',
    serverPassword: '',
    password: 'p',
  })
})
