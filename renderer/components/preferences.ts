import { useSyncExternalStore } from 'react'
import { z } from 'zod'

/** How many things that were opened from the palette are remembered. */
const REMEMBERED = 30

const preferencesSchema = z.object({
  /** How high rows are, and how much room is between things. */
  density: z.enum(['dense', 'roomy']).catch('dense'),
  /** Per cent of the usual. */
  fontSize: z.number().int().min(90).max(150).catch(100),
  /** `system`: as the operating system asks. */
  contrast: z.enum(['system', 'more']).catch('system'),
  /** `system`: the first of the system's languages that there is. Spoken after the window is loaded anew. */
  language: z.enum(['system', 'en', 'de']).catch('system'),
  /** Keys that were bound otherwise, by the binding's identity (`idOf`). */
  keys: z.record(z.string(), z.string().max(40)).catch({}),
  /** Names of hosts and paths are masked. */
  masked: z.boolean().catch(false),
  /** What was opened from the palette, by its key, the last first. */
  opened: z.array(z.string().max(300)).catch([]),
})

/** How somebody wants the console on this computer; nothing of it is a secret, and nothing of it is of a workspace. */
export type Preferences = Readonly<z.infer<typeof preferencesSchema>>

export const USUAL: Preferences = preferencesSchema.parse({})

const KEY = 'restore-console-preferences'

/** Where preferences are kept; a browser's `localStorage`. */
export type PreferenceStorage = Pick<Storage, 'getItem' | 'setItem'>

/** What is kept; what cannot be read is as usual. */
export function readPreferences(raw: string | null): Preferences {
  if (raw === null) return USUAL
  try {
    return preferencesSchema.catch(USUAL).parse(JSON.parse(raw))
  } catch {
    return USUAL
  }
}

const listeners = new Set<() => void>()
let last: { readonly raw: string | null; readonly value: Preferences } = { raw: null, value: USUAL }

/** The preferences as they are now: the same object until something changes, also by another window. */
export function currentPreferences(storage: PreferenceStorage = window.localStorage): Preferences {
  const raw = storage.getItem(KEY)
  if (raw !== last.raw) last = { raw, value: readPreferences(raw) }
  return last.value
}

/** Keep some preferences otherwise, at once and for all windows. */
export function changePreferences(
  change: Partial<Preferences>,
  storage: PreferenceStorage = window.localStorage,
): void {
  storage.setItem(KEY, JSON.stringify({ ...currentPreferences(storage), ...change }))
  currentPreferences(storage)
  for (const listener of listeners) listener()
}

/** Remember what was opened; the same thing stands once. */
export function rememberOpened(key: string): void {
  const before = currentPreferences().opened.filter((one) => one !== key)
  changePreferences({ opened: [key, ...before].slice(0, REMEMBERED) })
}

/** One of the preferences. Draws again when it changes, here or in another window. */
export function usePreference<K extends keyof Preferences>(name: K): Preferences[K] {
  return useSyncExternalStore(subscribe, () => shown()[name])
}

/** As they were when they last changed: thousands of cells ask, and the storage answers slowly. */
function shown(): Preferences {
  return listeners.size === 0 ? currentPreferences() : last.value
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    currentPreferences()
    window.addEventListener('storage', tellAll)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) window.removeEventListener('storage', tellAll)
  }
}

function tellAll(): void {
  currentPreferences()
  for (const listener of listeners) listener()
}
