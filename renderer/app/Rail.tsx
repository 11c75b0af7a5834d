import { t } from '@lingui/core/macro'
import { Tooltip } from '@mantine/core'
import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { KeyHint } from '../components/KeyHint.tsx'
import { useBoundKeys, useKeys } from '../components/keys.tsx'
import { useLastSearch } from '../features/search/index.ts'
import classes from './Frame.module.css'
import { PLACES, SEARCH_KEYS } from './places.ts'

/** The places of the console that exist. */
export function Rail(): ReactElement {
  const at = useLocation({ select: (location) => location.pathname })
  const navigate = useNavigate()
  const lastSearch = useLastSearch()
  useKeys([
    {
      keys: SEARCH_KEYS,
      does: 'search',
      label: t`search`,
      global: 'quiet',
      run: () => void navigate({ to: '/search', search: lastSearch }),
    },
  ])
  return (
    <nav className={classes['rail']} aria-label={t`Places`}>
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
      {label} <KeyHint keys={useBoundKeys(keys, 'search')} />
    </>
  )
}
