import { i18n } from '@lingui/core'
import { type CompiledMessage, compileMessage } from '@lingui/message-utils/compileMessage'
import type { Speech } from './languages.ts'

/**
 * Makes the window speak a language; to be awaited before any module with sentences is imported, since many stand in
 * constants. Another language is spoken after the window is loaded anew. English needs no catalogue: it is what stands
 * in the code, and what is shown where a translation is missing.
 */
export async function loadLanguage({ language, locale }: Speech): Promise<void> {
  i18n.setMessagesCompiler(compileOnce)
  i18n.load(language, language === 'de' ? (await import('./de.po')).messages : {})
  i18n.activate(language, locale)
  document.documentElement.lang = language
}

const compiled = new Map<string, CompiledMessage>()

function compileOnce(message: string): CompiledMessage {
  const known = compiled.get(message)
  if (known !== undefined) return known
  const tokens = compileMessage(message)
  compiled.set(message, tokens)
  return tokens
}
