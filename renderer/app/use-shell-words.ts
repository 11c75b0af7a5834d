import { useEffect } from 'react'
import { useClient } from '../client/client-context.tsx'
import { usePreference } from '../components/preferences.ts'
import { shellWords } from './shell-words.ts'

/** The desktop's menus and tray speak as this window does, and name no host while it masks them. */
export function useShellWords(): void {
  const client = useClient()
  const masked = usePreference('masked')
  useEffect(() => {
    // Without it the shell says the same in English.
    void client.system.speak(shellWords(masked)).catch(() => undefined)
  }, [client, masked])
}
