import { expect, test } from 'vitest'
import { readRules, writeRules } from './typed-access.ts'

test('rules are written as they are typed, so that a change of access loses none', () => {
  const text = 'tag nightly = files\npath /var/lib/postgresql data = postgres'
  const { rules, problem } = readRules(text)
  expect(problem).toBeNull()
  expect(rules).toEqual([
    { by: 'tag', tag: 'nightly', type: 'files' },
    { by: 'path', path: '/var/lib/postgresql data', type: 'postgres' },
  ])
  expect(writeRules(rules)).toBe(text)
  expect(writeRules([])).toBe('')
})

test('the first line that is no rule is named', () => {
  expect(readRules('tag a = b\nnonsense').problem).toContain('Line 2')
})
