import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { promisesOf, readPromises, securityPage, THEMES } from './promises.mjs'

const root = join(import.meta.dirname, '..', '..')
/** Written in two parts, so that the project's own page does not take it for a promise. */
const MARK = '// @' + 'security'

test('docs/security.md says what the tests hold: else write it anew with npm run security-page', () => {
  expect(readFileSync(join(root, 'docs', 'security.md'), 'utf8')).toBe(securityPage(readPromises(root)))
})

test('there is a promise for every theme, and there are not suddenly few', () => {
  const promises = readPromises(root)
  expect(new Set(promises.map(({ theme }) => theme))).toEqual(new Set(THEMES))
  expect(promises.length).toBeGreaterThanOrEqual(70)
})

test('a sentence stands right above its test, also above a table of cases', () => {
  const text = `${MARK} Audit: It is kept.\ntest('x', () => {})\n  ${MARK} Secrets: They are.\n  it.each([\n`
  expect(promisesOf('a.test.ts', text)).toEqual([
    { theme: 'Audit', sentence: 'It is kept.', file: 'a.test.ts', line: 2 },
    { theme: 'Secrets', sentence: 'They are.', file: 'a.test.ts', line: 4 },
  ])
})

test.each([
  [`${MARK} It is kept.\ntest('x')`, 'Theme: Sentence'],
  [`${MARK} Audit: It is kept\ntest('x')`, 'Theme: Sentence'],
  [`${MARK} Adit: It is kept.\ntest('x')`, 'no theme "Adit"'],
  [`${MARK} Audit: It is kept.\n\ntest('x')`, 'no test right below'],
  [`${MARK} Audit: It is kept.\ntest.skip('x')`, 'no test right below'],
  [`${MARK} Audit: It is kept.\ntest.todo('x')`, 'no test right below'],
])('%j is no promise', (text, why) => {
  expect(() => promisesOf('a.test.ts', text)).toThrow(why)
})
