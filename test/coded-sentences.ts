import { i18n } from '@lingui/core'
import { vi } from 'vitest'

/** What stands in a sentence of a table: each value is its own name. */
export function sampleValues(sentence: string): Record<string, string> {
  const names = [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  return Object.fromEntries(names.map((name) => [name, name]))
}

/** Have what is imported next speak a language. `silence` is what undoes it. */
export async function speakIn(language: 'en' | 'de'): Promise<void> {
  vi.resetModules()
  vi.stubGlobal('document', { documentElement: {} })
  const { loadLanguage } = await import('../renderer/language/load-language.ts')
  await loadLanguage({ language, locale: language })
}

export function silence(): void {
  vi.unstubAllGlobals()
  i18n.activate('en', 'en-GB')
  vi.resetModules()
}
