import { changePreferences, currentPreferences, type Preferences } from '../components/preferences.ts'

/** Speaks another language from now on: the window is loaded anew, at the place where it is. */
export function chooseLanguage(language: Preferences['language']): void {
  if (language === currentPreferences().language) return
  changePreferences({ language })
  window.location.reload()
}
