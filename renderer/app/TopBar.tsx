import { t } from '@lingui/core/macro'
import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconEye, IconEyeOff, IconMoon, IconSun } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type CSSProperties, memo, type ReactElement } from 'react'
import { useWorkspaces } from '../client/workspaces-context.tsx'
import { KeyHint } from '../components/KeyHint.tsx'
import { useBoundKeys } from '../components/keys.tsx'
import { changePreferences, usePreference } from '../components/preferences.ts'
import { useCrumbs } from '../components/trail.tsx'
import { WorkspaceSwitcher } from '../features/workspaces/index.ts'
import { workspaceColor } from '../workspace-colors.ts'
import classes from './Frame.module.css'
import { MASK_KEYS } from './places.ts'
import { YouMenu } from './YouMenu.tsx'

/** The workspace and its colour, so that two of them are never mistaken for each other, and where one is in it. */
export const TopBar = memo(function TopBar(): ReactElement {
  const { current } = useWorkspaces()
  const color = current === undefined ? 'var(--accent)' : workspaceColor(current.color)
  const style = { '--workspace': color } as CSSProperties
  return (
    <header className={classes['bar']} style={style}>
      <WorkspaceSwitcher />
      <Crumbs />
      <MaskSwitch />
      <YouMenu />
      <SchemeSwitch />
    </header>
  )
})

function Crumbs(): ReactElement {
  const crumbs = useCrumbs()
  return (
    <nav className={classes['crumbs']} aria-label={t`You are here`}>
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
  const label = next === 'dark' ? t`Use the dark colours` : t`Use the light colours`
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={() => setColorScheme(next)}>
        {next === 'dark' ? <IconMoon size={16} stroke={1.7} /> : <IconSun size={16} stroke={1.7} />}
      </ActionIcon>
    </Tooltip>
  )
}

/** Whether names are masked is always to be seen, so that nobody takes a mask for a name. */
function MaskSwitch(): ReactElement {
  const masked = usePreference('masked')
  const keys = useBoundKeys(MASK_KEYS, 'mask names')
  const label = masked ? t`Stop masking` : t`Mask for screen sharing`
  return (
    <Tooltip
      label={
        <>
          {label} <KeyHint keys={keys} />
        </>
      }
    >
      <ActionIcon
        aria-label={label}
        {...(masked && { variant: 'light', color: 'teal' })}
        onClick={() => changePreferences({ masked: !masked })}
      >
        {masked ? <IconEyeOff size={16} stroke={1.7} /> : <IconEye size={16} stroke={1.7} />}
      </ActionIcon>
    </Tooltip>
  )
}
