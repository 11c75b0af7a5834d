import { t } from '@lingui/core/macro'
import { useMantineColorScheme } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { memo, type ReactElement, useMemo } from 'react'
import { useBoundKeys, useKeys } from '../components/keys.tsx'
import { changePreferences, currentPreferences, usePreference } from '../components/preferences.ts'
import { CommandPalette, type PaletteCommand } from '../features/palette/index.ts'
import { useLastSearch } from '../features/search/index.ts'
import { KeysDialog } from '../features/settings/index.ts'
import { chooseLanguage } from '../language/choose-language.ts'
import { LANGUAGES } from '../language/languages.ts'
import { KEY_CATALOGUE } from './key-catalogue.ts'
import { MASK_KEYS, PLACES, SEARCH_KEYS } from './places.ts'

const SETTINGS_KEYS = 'mod+,'

/** What is there on every page: the palette, the list of keys, and the keys of both. */
export const Commands = memo(function Commands(): ReactElement {
  const navigate = useNavigate()
  const [opened, palette] = useDisclosure(false)
  const [showsKeys, keys] = useDisclosure(false)
  useKeys([
    { keys: 'mod+K', does: 'find anything', label: t`find anything`, global: 'shown', run: palette.toggle },
    { keys: 'shift+?', does: 'all keys', label: t`all keys`, global: 'shown', run: keys.open },
    {
      keys: SETTINGS_KEYS,
      does: 'settings',
      label: t`settings`,
      global: 'quiet',
      run: () => void navigate({ to: '/settings' }),
    },
    { keys: MASK_KEYS, does: 'mask names', label: t`mask names`, global: 'quiet', run: toggleMasks },
  ])
  const commands = [...usePages(), ...useSettings(keys.open)]
  return (
    <>
      <CommandPalette opened={opened} onClose={palette.close} commands={commands} />
      <KeysDialog opened={showsKeys} onClose={keys.close} all={KEY_CATALOGUE} />
    </>
  )
})

function toggleMasks(): void {
  changePreferences({ masked: !currentPreferences().masked })
}

const WORKSPACES = t`Workspaces`
const SETTINGS = t`Settings`
const SETTINGS_WORDS = t`theme density font size contrast notifications diagnostics data folder secrets`

function usePages(): readonly PaletteCommand[] {
  const navigate = useNavigate()
  const lastSearch = useLastSearch()
  const searchKeys = useBoundKeys(SEARCH_KEYS, 'search')
  const settingsKeys = useBoundKeys(SETTINGS_KEYS, 'settings')
  return useMemo(() => {
    const pages = PLACES.map(
      ({ path, label }): PaletteCommand => ({
        key: `page:${path}`,
        group: 'Pages',
        label,
        ...(path === '/search' && { keys: searchKeys }),
        run: () => void navigate({ to: path, search: path === '/search' ? lastSearch : {} }),
      }),
    )
    return [
      ...pages,
      {
        key: 'page:/workspaces',
        group: 'Pages',
        label: WORKSPACES,
        run: () => void navigate({ to: '/workspaces' }),
      },
      {
        key: 'page:/settings',
        group: 'Pages',
        label: SETTINGS,
        words: SETTINGS_WORDS,
        keys: settingsKeys,
        run: () => void navigate({ to: '/settings' }),
      },
    ]
  }, [navigate, lastSearch, searchKeys, settingsKeys])
}

const SCHEMES = [
  { scheme: 'light', label: t`Use the light colours` },
  { scheme: 'dark', label: t`Use the dark colours` },
  { scheme: 'auto', label: t`Use the colours of the system` },
] as const

const languageWords = (name: string): string => t`Language: ${name}`
const SPOKEN = [
  { language: 'system', label: t`Language: as the system` },
  { language: 'en', label: languageWords(LANGUAGES.en) },
  { language: 'de', label: languageWords(LANGUAGES.de) },
] as const
/** Found also by who does not understand the language that is spoken. */
const LANGUAGE_WORDS = 'language sprache english deutsch german englisch'

/** What can be set without going to the page of settings. */
function useSettings(onKeys: () => void): readonly PaletteCommand[] {
  const { setColorScheme } = useMantineColorScheme()
  const masked = usePreference('masked')
  const strong = usePreference('contrast') === 'more'
  const roomy = usePreference('density') === 'roomy'
  const maskKeys = useBoundKeys(MASK_KEYS, 'mask names')
  const setting = (key: string, label: string, words: string, run: () => void): PaletteCommand => ({
    key: `setting:${key}`,
    group: 'Settings',
    label,
    words,
    run,
  })
  return [
    ...SCHEMES.map(({ scheme, label }) => setting(scheme, label, t`theme mode`, () => setColorScheme(scheme))),
    setting('contrast', strong ? t`Use the usual contrast` : t`Use high contrast`, t`theme`, () =>
      changePreferences({ contrast: strong ? 'system' : 'more' }),
    ),
    setting('density', roomy ? t`Use dense rows` : t`Use roomy rows`, t`density`, () =>
      changePreferences({ density: roomy ? 'dense' : 'roomy' }),
    ),
    {
      ...setting(
        'masks',
        masked ? t`Show host names and paths` : t`Mask host names and paths`,
        t`privacy share`,
        toggleMasks,
      ),
      keys: maskKeys,
    },
    ...SPOKEN.map(({ language, label }) =>
      setting(`language-${language}`, label, LANGUAGE_WORDS, () => chooseLanguage(language)),
    ),
    setting('keys', t`All keys of this page`, t`shortcuts help`, onKeys),
  ]
}
