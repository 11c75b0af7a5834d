import { expect, test } from 'vitest'
import { problemWithPassphrase, strengthOf } from './passphrase.ts'

test('a passphrase of less than twelve characters is refused, whatever is in it', () => {
  expect(problemWithPassphrase('x7$kQ!p2Zm9', 'x7$kQ!p2Zm9')).toBe('At least 12 characters.')
  expect(problemWithPassphrase('x7$kQ!p2Zm9w', 'x7$kQ!p2Zm9w')).toBeNull()
})

test('characters are counted as people count them', () => {
  expect(strengthOf('🦊'.repeat(11)).word).toBe('too short')
  expect(strengthOf('🦊'.repeat(12)).word).toBe('enough')
})

test('the repetition has to be the same', () => {
  expect(problemWithPassphrase('correct horse battery', 'correct horse batterz')).toBe('The two are not the same.')
})
