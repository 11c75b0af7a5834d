import { expect, test } from 'vitest'
import { speechOf } from './languages.ts'

test('what was chosen is spoken, whatever the system says', () => {
  expect(speechOf('de', ['en-GB', 'en'])).toEqual({ language: 'de', locale: 'de-DE' })
  expect(speechOf('en', ['de-DE', 'de'])).toEqual({ language: 'en', locale: 'en-GB' })
})

test('as the system: the first of its languages that there is, else English', () => {
  expect(speechOf('system', ['fr-FR', 'de', 'en-US']).language).toBe('de')
  expect(speechOf('system', ['en-US', 'de-DE']).language).toBe('en')
  expect(speechOf('system', ['fr-FR', 'pl'])).toEqual({ language: 'en', locale: 'en-GB' })
  expect(speechOf('system', [])).toEqual({ language: 'en', locale: 'en-GB' })
})

test('dates and numbers are written as where the system is at home, in the language that is spoken', () => {
  expect(speechOf('system', ['de', 'de-AT', 'en-US']).locale).toBe('de-AT')
  expect(speechOf('en', ['de-DE', 'en-US', 'en-GB']).locale).toBe('en-US')
  expect(speechOf('system', ['DE-ch'])).toEqual({ language: 'de', locale: 'DE-ch' })
})
