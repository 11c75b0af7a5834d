import type { Language } from '../../contract/shapes/language.ts'

/** The languages of the window, by their tag, each called as it calls itself. English is what the code is written in. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const satisfies Readonly<Record<Language, string>>

/** Where a language is at home: how dates and numbers are written where the system does not say it. */
const HOMES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' }

/** A language, and the way dates and numbers are written in it. */
export interface Speech {
  readonly language: Language
  /** A BCP 47 tag, such as `de-AT`. */
  readonly locale: string
}

/**
 * What the window speaks. `wanted` is what was chosen; `system` takes the first language of the system that there is,
 * else English. Of the languages that the system names, in its order, the first of the same language says how dates
 * and numbers are written.
 */
export function speechOf(wanted: Language | 'system', systemLocales: readonly string[]): Speech {
  const language = wanted === 'system' ? (systemLocales.map(languageOf).find(isLanguage) ?? 'en') : wanted
  const own = systemLocales.find((locale) => locale.includes('-') && languageOf(locale) === language)
  return { language, locale: own ?? HOMES[language] }
}

function languageOf(locale: string): string {
  return locale.split('-', 1)[0]?.toLowerCase() ?? ''
}

function isLanguage(name: string): name is Language {
  return Object.hasOwn(LANGUAGES, name)
}
