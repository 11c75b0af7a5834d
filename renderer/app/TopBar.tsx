import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconMoon, IconSun } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { CSSProperties, ReactElement } from 'react'
import { useClient } from '../client/client-context.tsx'
import { useCrumbs } from '../components/trail.tsx'
import classes from './Frame.module.css'

/** The workspace and its colour, so that two of them are never mistaken for each other, and where one is in it. */
export function TopBar(): ReactElement {
  const client = useClient()
  const info = useQuery({ queryKey: ['system'], queryFn: ({ signal }) => client.system.info(undefined, { signal }) })
  const workspace = info.data?.workspace
  const style = { '--workspace': workspace?.color ?? 'var(--accent)' } as CSSProperties
  return (
    <header className={classes['bar']} style={style}>
      <span className={classes['workspace']}>{workspace?.name ?? '\u00a0'}</span>
      <Crumbs />
      <SchemeSwitch />
    </header>
  )
}

function Crumbs(): ReactElement {
  const crumbs = useCrumbs()
  return (
    <nav className={classes['crumbs']} aria-label="You are here">
      <ol>
        {crumbs.map(({ label, path }, at) => (
          <li key={`${at} ${label}`} {...(at === crumbs.length - 1 ? { 'aria-current': 'page' as const } : {})}>
            {path === undefined ? (
              label
            ) : (
              <Link to={path} activeOptions={{ exact: true, includeSearch: true }}>
                {label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

function SchemeSwitch(): ReactElement {
  const { setColorScheme } = useMantineColorScheme()
  const next = useComputedColorScheme('light') === 'dark' ? 'light' : 'dark'
  const label = `Use the ${next} colours`
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={() => setColorScheme(next)}>
        {next === 'dark' ? <IconMoon size={16} stroke={1.7} /> : <IconSun size={16} stroke={1.7} />}
      </ActionIcon>
    </Tooltip>
  )
}
