import { Tooltip } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import {
  IconArrowsExchange,
  IconHistory,
  IconPlayerPlay,
  IconRobot,
  IconRoute,
  IconSearch,
  IconServer2,
  IconShieldCheck,
} from '@tabler/icons-react'
import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { KeyHint } from '../components/KeyHint.tsx'
import { useLastSearch } from '../features/search/index.ts'
import classes from './Frame.module.css'

const SEARCH_KEYS = 'mod+Shift+F'

const PLACES = [
  {
    path: '/',
    label: 'Hosts',
    Icon: IconServer2,
    holds: (at: string) => at === '/' || (at.startsWith('/hosts') && !isRun(at)),
  },
  {
    path: '/search',
    label: 'Search',
    Icon: IconSearch,
    keys: SEARCH_KEYS,
    holds: (at: string) => at.startsWith('/search'),
  },
  {
    path: '/runs',
    label: 'Runs',
    Icon: IconPlayerPlay,
    holds: (at: string) => at.startsWith('/runs') || at.startsWith('/fan-outs') || isRun(at),
  },
  { path: '/audit', label: 'Recent restores', Icon: IconHistory, holds: (at: string) => at.startsWith('/audit') },
  {
    path: '/restorability',
    label: 'Restorability',
    Icon: IconShieldCheck,
    holds: (at: string) => at.startsWith('/restorability'),
  },
  {
    path: '/replicas',
    label: 'Replicas',
    Icon: IconArrowsExchange,
    holds: (at: string) => at.startsWith('/replicas'),
  },
  { path: '/consumers', label: 'Consumers', Icon: IconRobot, holds: (at: string) => at.startsWith('/consumers') },
  { path: '/planes', label: 'Control planes', Icon: IconRoute, holds: (at: string) => at.startsWith('/planes') },
] as const

/** The places of the console that exist. */
export function Rail(): ReactElement {
  const at = useLocation({ select: (location) => location.pathname })
  const navigate = useNavigate()
  const lastSearch = useLastSearch()
  useHotkeys([[SEARCH_KEYS, () => void navigate({ to: '/search', search: lastSearch })]], [])
  return (
    <nav className={classes['rail']} aria-label="Places">
      {PLACES.map(({ path, label, Icon, holds, ...place }) => (
        <Tooltip
          key={path}
          label={'keys' in place ? <KeyedLabel label={label} keys={place.keys} /> : label}
          position="right"
        >
          <Link
            to={path}
            search={path === '/search' ? lastSearch : {}}
            activeOptions={{ exact: true }}
            aria-label={label}
            {...(holds(at) ? { 'aria-current': 'page' as const } : { 'aria-current': undefined })}
          >
            <Icon size={19} stroke={1.6} />
          </Link>
        </Tooltip>
      ))}
    </nav>
  )
}

function KeyedLabel({ label, keys }: { readonly label: string; readonly keys: string }): ReactElement {
  return (
    <>
      {label} <KeyHint keys={keys} />
    </>
  )
}

function isRun(path: string): boolean {
  return /^\/hosts\/[^/]+\/runs\//.test(path)
}
