import { Tooltip } from '@mantine/core'
import { IconHistory, IconPlayerPlay, IconSearch, IconServer2 } from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import classes from './Frame.module.css'

const PLACES = [
  {
    path: '/',
    label: 'Hosts',
    Icon: IconServer2,
    holds: (at: string) => at === '/' || (at.startsWith('/hosts') && !isRun(at)),
  },
  { path: '/search', label: 'Search', Icon: IconSearch, holds: (at: string) => at.startsWith('/search') },
  { path: '/runs', label: 'Runs', Icon: IconPlayerPlay, holds: (at: string) => at.startsWith('/runs') || isRun(at) },
  { path: '/audit', label: 'Recent restores', Icon: IconHistory, holds: (at: string) => at.startsWith('/audit') },
] as const

/** The places of the console that exist. */
export function Rail(): ReactElement {
  const at = useLocation({ select: (location) => location.pathname })
  return (
    <nav className={classes['rail']} aria-label="Places">
      {PLACES.map(({ path, label, Icon, holds }) => (
        <Tooltip key={path} label={label} position="right">
          <Link
            to={path}
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

function isRun(path: string): boolean {
  return /^\/hosts\/[^/]+\/runs\//.test(path)
}
