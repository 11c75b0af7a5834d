import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { HostView } from '../../contract/shapes/host.ts'
import type { Connection } from '../client/connection.ts'
import { useHosts } from '../client/hosts-context.tsx'
import { formatNumberOf } from '../components/format.ts'
import { KeyHint } from '../components/KeyHint.tsx'
import { useShownKeys } from '../components/keys.tsx'
import { StateBadge } from '../components/StateBadge.tsx'
import classes from './Frame.module.css'

/** The keys that work here, whether hosts can be reached, and what runs now. */
export function Footer({ connection }: { readonly connection: Connection }): ReactElement {
  const keys = useShownKeys()
  const hosts = useHosts().value
  return (
    <footer className={classes['footer']}>
      <div className={classes['keys']}>
        {keys.map(({ keys, label }) => (
          <span key={`${keys} ${label}`}>
            <KeyHint keys={keys} /> {label}
          </span>
        ))}
      </div>
      <div className={classes['now']}>
        <Links connection={connection} hosts={hosts} />
        <ActiveRuns hosts={hosts} />
      </div>
    </footer>
  )
}

interface LinksProps {
  readonly connection: Connection
  readonly hosts: readonly HostView[]
}

function Links({ connection, hosts }: LinksProps): ReactElement | null {
  if (connection.state === 'connecting' || hosts.length === 0) return null
  if (connection.state !== 'connected') return <StateBadge state="unknown">not connected</StateBadge>
  const reached = hosts.filter((host) => host.link.state === 'connected').length
  const words = hosts.length === 1 ? 'connected' : `${reached} of ${formatNumberOf(hosts.length, 'host')} connected`
  return reached === hosts.length ? (
    <StateBadge state="succeeded">{words}</StateBadge>
  ) : (
    <StateBadge state="unknown">{hosts.length === 1 ? 'not connected' : words}</StateBadge>
  )
}

function ActiveRuns({ hosts }: { readonly hosts: readonly HostView[] }): ReactElement | null {
  const active = hosts.flatMap(({ id, activeRun }) => (activeRun === null ? [] : [{ hostId: id, runId: activeRun.id }]))
  const [only] = active
  if (only === undefined) return null
  const words = <StateBadge state="running">{formatNumberOf(active.length, 'run')}</StateBadge>
  return active.length === 1 ? (
    <Link to="/hosts/$hostId/runs/$runId" params={only}>
      {words}
    </Link>
  ) : (
    <Link to="/runs">{words}</Link>
  )
}
