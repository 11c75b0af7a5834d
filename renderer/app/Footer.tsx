import { plural, t } from '@lingui/core/macro'
import { Link } from '@tanstack/react-router'
import { memo, type ReactElement } from 'react'
import type { Connection } from '../client/connection.ts'
import { useOfHosts } from '../client/hosts-context.tsx'
import { formatCount } from '../components/format.ts'
import { KeyHint } from '../components/KeyHint.tsx'
import { useShownKeys } from '../components/keys.tsx'
import { StateBadge } from '../components/StateBadge.tsx'
import classes from './Frame.module.css'

/** The keys that work here, whether hosts can be reached, and what runs now. */
export const Footer = memo(function Footer({ connection }: { readonly connection: Connection }): ReactElement {
  const all = useShownKeys()
  const [everywhere, keys] = [
    all.filter(({ global }) => global === 'shown'),
    all.filter(({ global }) => global === undefined),
  ]
  return (
    <footer className={classes['footer']}>
      <div className={classes['keys']}>
        {keys.map(({ keys, label }) => (
          <span key={`${keys} ${label}`}>
            <KeyHint keys={keys} /> {label}
          </span>
        ))}
      </div>
      <div className={classes['everywhere']}>
        {everywhere.map(({ keys, label }) => (
          <span key={keys}>
            <KeyHint keys={keys} /> {label}
          </span>
        ))}
      </div>
      <div className={classes['now']}>
        <Links connection={connection} />
        <ActiveRuns />
      </div>
    </footer>
  )
})

function Links({ connection }: { readonly connection: Connection }): ReactElement | null {
  const all = useOfHosts((hosts) => hosts.length)
  const reached = useOfHosts((hosts) => hosts.filter((host) => host.link.state === 'connected').length)
  if (connection.state === 'connecting' || all === 0) return null
  if (connection.state !== 'connected') return <StateBadge state="unknown">{t`not connected`}</StateBadge>
  const count = formatCount(reached)
  const words = all === 1 ? t`connected` : t`${count} of ${plural(all, { one: '# host', other: '# hosts' })} connected`
  return reached === all ? (
    <StateBadge state="succeeded">{words}</StateBadge>
  ) : (
    <StateBadge state="unknown">{all === 1 ? t`not connected` : words}</StateBadge>
  )
}

function ActiveRuns(): ReactElement | null {
  const runs = useOfHosts((hosts) => hosts.filter(({ activeRun }) => activeRun !== null).length)
  // The one that runs, where it is one alone.
  const hostId = useOfHosts((hosts) => hosts.find(({ activeRun }) => activeRun !== null)?.id ?? '')
  const runId = useOfHosts((hosts) => hosts.find(({ activeRun }) => activeRun !== null)?.activeRun?.id ?? '')
  if (runs === 0) return null
  const words = <StateBadge state="running">{plural(runs, { one: '# run', other: '# runs' })}</StateBadge>
  return runs === 1 ? (
    <Link to="/hosts/$hostId/runs/$runId" params={{ hostId, runId }}>
      {words}
    </Link>
  ) : (
    <Link to="/runs">{words}</Link>
  )
}
