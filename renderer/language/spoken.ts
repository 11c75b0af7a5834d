import { i18n } from '@lingui/core'
import { type Language, languageSchema } from '../../contract/shapes/language.ts'

/** What this window speaks. */
export function spokenLanguage(): Language {
  return languageSchema.catch('en').parse(i18n.locale)
}
