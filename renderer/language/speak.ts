import { currentPreferences } from '../components/preferences.ts'
import { speechOf } from './languages.ts'
import { loadLanguage } from './load-language.ts'

/** Makes the window speak the language that was chosen for it, or that of its system. */
export async function speak(): Promise<void> {
  await loadLanguage(speechOf(currentPreferences().language, navigator.languages))
}
