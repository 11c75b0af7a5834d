import { t } from '@lingui/core/macro'
import type { HostView } from '../../../contract/shapes/host.ts'
import { reasonWords } from '../../client/reason-words.ts'
import { formatMoment, formatRelative } from '../../components/format.ts'

/** Why a repository cannot be asked now. */
export interface Away {
  /** `db-01 is away since 21 Nov 2026, 10:32`. */
  readonly what: string
  /** Why; empty where that is not known. */
  readonly reason: string
}

export interface AwayQuestion {
  /** Null while nothing is known of the host. */
  readonly host: HostView | null
  /** When the list of snapshots was read, where the console shows one that it kept. */
  readonly snapshotsSince: string | null
}

/** Whether what is on the screen is only what was kept of a repository; null while the repository can be asked. */
export function awayOf({ host, snapshotsSince }: AwayQuestion): Away | null {
  if (host === null) return null
  const { name, link, local } = host
  if (link.state === 'connected')
    return snapshotsSince === null
      ? null
      : { what: t`The server of this repository cannot be reached from ${name}`, reason: '' }
  if (link.state === 'connecting')
    return snapshotsSince === null ? null : { what: t`${name} is being connected`, reason: reasonWords(link) }
  if (local) return { what: t`This computer’s own agent does not run`, reason: reasonWords(link) }
  if (link.state === 'refused') return { what: t`${name} does not let this console in`, reason: '' }
  return { what: t`${name} is away since ${formatMoment(new Date(link.since))}`, reason: reasonWords(link) }
}

export interface KeptAges {
  readonly snapshotsSince: string | null
  /** When the oldest of the directories was read that the console had kept. */
  readonly listingsSince: string | null
}

/** What can be seen while the repository is away, and what cannot. */
export function keptWords({ snapshotsSince, listingsSince }: KeptAges, now: Date): string {
  const ages = [
    ...(snapshotsSince === null ? [] : [t`the list of snapshots of ${formatRelative(new Date(snapshotsSince), now)}`]),
    ...(listingsSince === null ? [] : [t`folders read ${formatRelative(new Date(listingsSince), now)} or later`]),
  ]
  if (ages.length === 0)
    return t`You see what this window has read. What was not read cannot be opened until it is back.`
  const kept = ages.join(', ')
  return t`You see what was read before: ${kept}. What was not read cannot be opened until it is back.`
}
