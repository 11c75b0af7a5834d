import { expect, test } from 'vitest'
import { newRestore } from '../../../test/restore-request.ts'
import { summariseRequest } from './summary.ts'

const A = 'a'.repeat(64)

test('what was selected is said with its first paths, and how many more', () => {
  const include = ['/etc/a', '/etc/b', '/etc/c', '/etc/d', '/etc/e']
  expect(summariseRequest(newRestore(A, { include }))).toBe('/etc/a, /etc/b, /etc/c and 2 more')
  expect(summariseRequest(newRestore(A, { exclude: ['/tmp'] }))).toBe('the whole snapshot without /tmp')
})

test('a name that is no text is shown as such', () => {
  expect(summariseRequest(newRestore(A, { include: ['/caf\udce9'] }))).toBe('/caf\\xe9')
})

test('of several snapshots it is said which, and of no more than three', () => {
  const sources = ['a', 'b', 'c', 'd', 'e'].map((digit, at) => ({
    snapshotId: digit.repeat(64),
    selection: { include: [`/${at}`], exclude: [] },
  }))
  expect(summariseRequest(newRestore(A, { sources: sources.slice(0, 2) }))).toBe('/0 of aaaaaaaa; /1 of bbbbbbbb')
  expect(summariseRequest(newRestore(A, { sources }))).toBe(
    '/0 of aaaaaaaa; /1 of bbbbbbbb; /2 of cccccccc; and of 2 more snapshots',
  )
})

test.each([
  ['resume', 'the rest of run r-1'],
  ['retry', 'what failed of run r-1'],
  ['revert', 'back to before run r-1'],
] as const)('a %s names the run that it follows', (kind, words) => {
  expect(summariseRequest({ kind, runId: 'r-1' })).toBe(words)
})
