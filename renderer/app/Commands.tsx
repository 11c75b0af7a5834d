import { useMantineColorScheme } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useMemo } from 'react'
import { useKeys } from '../components/keys.tsx'
import { CommandPalette, type PaletteCommand } from '../features/palette/index.ts'
import { useLastSearch } from '../features/search/index.ts'
import { PLACES } from './places.ts'

/** The palette, its key, and what it offers on every page. */
export function Commands(): ReactElement {
  const [opened, palette] = useDisclosure(false)
  useKeys([{ keys: 'mod+K', label: 'find anything', global: true, run: palette.toggle }])
  return <CommandPalette opened={opened} onClose={palette.close} commands={useCommands()} />
}

function useCommands(): readonly PaletteCommand[] {
  const navigate = useNavigate()
  const lastSearch = useLastSearch()
  const { setColorScheme } = useMantineColorScheme()
  return useMemo(() => {
    const pages = PLACES.map(
      ({ path, label, ...place }): PaletteCommand => ({
        key: `page:${path}`,
        group: 'Pages',
        label,
        words: 'page go to',
        ...('keys' in place && { keys: place.keys }),
        run: () => void navigate({ to: path, search: path === '/search' ? lastSearch : {} }),
      }),
    )
    const schemes = (['light', 'dark', 'auto'] as const).map(
      (scheme): PaletteCommand => ({
        key: `scheme:${scheme}`,
        group: 'Settings',
        label: scheme === 'auto' ? 'Use the system’s colours' : `Use the ${scheme} colours`,
        words: 'theme mode night day',
        run: () => setColorScheme(scheme),
      }),
    )
    const workspaces: PaletteCommand = {
      key: 'page:/workspaces',
      group: 'Pages',
      label: 'Workspaces',
      words: 'page go to',
      run: () => void navigate({ to: '/workspaces' }),
    }
    return [...pages, workspaces, ...schemes]
  }, [navigate, lastSearch, setColorScheme])
}
