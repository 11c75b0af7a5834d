import { expect, test } from 'vitest'
import { fanOutPhrase, isFanOutPhrase, MOST_HOSTS } from './fan-out.ts'
import { languageSchema } from './language.ts'

test('each language has a phrase of its own for each number of hosts', () => {
  const counts = Array.from({ length: MOST_HOSTS }, (_, at) => at + 1)
  const phrases = languageSchema.options.flatMap((language) => counts.map((hosts) => fanOutPhrase(hosts, language)))
  expect(new Set(phrases).size).toBe(counts.length * languageSchema.options.length)
  expect(fanOutPhrase(1, 'en')).toBe('restore in place on 1 host')
  expect(fanOutPhrase(12, 'de')).toBe('auf 12 Hosts am Originalort wiederherstellen')
})

test.each(languageSchema.options)('what is typed in a language (%s) is taken, for so many hosts alone', (language) => {
  expect(isFanOutPhrase(fanOutPhrase(3, language), 3)).toBe(true)
  expect(isFanOutPhrase(fanOutPhrase(2, language), 3)).toBe(false)
  expect(isFanOutPhrase(`${fanOutPhrase(3, language)}.`, 3)).toBe(false)
})
