import { t } from '@lingui/core/macro'
import { Tooltip } from '@mantine/core'
import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import { memo, type ReactElement } from 'react'
import { KeyHint } from '../components/KeyHint.tsx'
import { useBoundKeys, useKeys } from '../components/keys.tsx'
import { useLastSearch } from '../features/search/index.ts'
import classes from './Frame.module.css'
import { PLACES, SEARCH_KEYS } from './places.ts'

/** The places of the console that exist. */
export const Rail = memo(function Rail(): ReactElement {
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
      {PLACES.map((place) => (
        <PlaceLink
          key={place.path}
          place={place}
          search={place.path === '/search' ? lastSearch : NOTHING}
          isHere={place.holds(at)}
        />
      ))}
    </nav>
  )
})

const NOTHING = {}

interface PlaceLinkProps {
  readonly place: (typeof PLACES)[number]
  readonly search: ReturnType<typeof useLastSearch> | typeof NOTHING
  readonly isHere: boolean
}

/** Drawn again only where one came to or left: a tooltip takes longer to draw than the link. */
const PlaceLink = memo(function PlaceLink({ place, search, isHere }: PlaceLinkProps): ReactElement {
  const { path, label, Icon } = place
  return (
    <Tooltip label={'keys' in place ? <KeyedLabel label={label} keys={place.keys} /> : label} position="right">
      <Link
        to={path}
        search={search}
        activeOptions={{ exact: true }}
        aria-label={label}
        aria-current={isHere ? 'page' : undefined}
      >
        <Icon size={19} stroke={1.6} />
      </Link>
    </Tooltip>
  )
})

function KeyedLabel({ label, keys }: { readonly label: string; readonly keys: string }): ReactElement {
  return (
    <>
      {label} <KeyHint keys={useBoundKeys(keys, 'search')} />
    </>
  )
}
