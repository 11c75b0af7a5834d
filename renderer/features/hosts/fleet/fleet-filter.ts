import { t } from '@lingui/core/macro'
import type { HostView } from '../../../../contract/shapes/host.ts'
import { linkWords, wordsIn } from '../link-words.ts'

/** What a host can be looked for by: how its link stands, whether it runs something, whether its snapshots are old. */
export const FLEET_STATES = ['connected', 'connecting', 'away', 'refused', 'running', 'late'] as const
export type FleetState = (typeof FLEET_STATES)[number]

/** A nightly backup that is two hours behind is late. */
const LATE_HOURS = 26

/** Whether the newest snapshot that is known of is older than a nightly backup should be. */
export function isLate(lastSnapshotAt: string, now: Date): boolean {
  return now.getTime() - Date.parse(lastSnapshotAt) > LATE_HOURS * 3_600_000
}

/** Whether a host is in this state. A host without a repository has nothing that could be late. */
export function isIn(state: FleetState, host: HostView, now: Date): boolean {
  switch (state) {
    case 'away':
      return host.link.state === 'unreachable'
    case 'running':
      return host.activeRun !== null
    case 'late':
      return host.lastSnapshotAt !== null && isLate(host.lastSnapshotAt, now)
    default:
      return host.link.state === state
  }
}

/** How many hosts are in each state. */
export function countStates(hosts: readonly HostView[], now: Date): Readonly<Record<FleetState, number>> {
  const counts = { connected: 0, connecting: 0, away: 0, refused: 0, running: 0, late: 0 }
  for (const host of hosts) for (const state of FLEET_STATES) if (isIn(state, host, now)) counts[state] += 1
  return counts
}

/** The hosts that every word of the filter fits: `label:x`, `state:away`, or any text of the row. */
export function filterHosts(hosts: readonly HostView[], filter: string, now: Date): readonly HostView[] {
  const tests = wordsIn(filter).map((word) => testOf(word, now))
  return tests.length === 0 ? hosts : hosts.filter((host) => tests.every((fits) => fits(host)))
}

/** The state that the filter asks for; null where it asks for none, or for one that there is not. */
export function stateIn(filter: string): FleetState | null {
  const asked = wordsIn(filter).find((word) => word.startsWith('state:'))
  return FLEET_STATES.find((state) => `state:${state}` === asked) ?? null
}

/** The filter with this state instead of the one it asks for; with none for null. */
export function withState(filter: string, state: FleetState | null): string {
  const others = filter.split(/\s+/).filter((word) => word !== '' && !word.toLowerCase().startsWith('state:'))
  return [...(state === null ? [] : [`state:${state}`]), ...others].join(' ')
}

function testOf(word: string, now: Date): (host: HostView) => boolean {
  if (word.startsWith('label:')) {
    const wanted = word.slice('label:'.length)
    return ({ labels }) => labels.some((label) => label.toLowerCase().startsWith(wanted))
  }
  if (word.startsWith('state:')) {
    const states = FLEET_STATES.filter((state) => state.startsWith(word.slice('state:'.length)))
    return (host) => states.some((state) => isIn(state, host, now))
  }
  return (host) => hostText(host).includes(word)
}

/** Made once for each view of a host: the filter is typed letter by letter, over a thousand of them. */
const TEXTS = new WeakMap<HostView, string>()

/** All that a host is looked for by, in lower case. */
export function hostText(host: HostView): string {
  const known = TEXTS.get(host)
  if (known !== undefined) return known
  const { word, reason } = linkWords(host)
  const repositories = host.repositories.flatMap(({ name, url }) => [name, url])
  const parts = [host.name, host.agent?.hostname ?? '', addressOf(host), word, reason, ...host.labels, ...repositories]
  const text = parts.join(' ').toLowerCase()
  TEXTS.set(host, text)
  return text
}

/** Where a host's agent is reached. */
export function addressOf({ door }: Pick<HostView, 'door'>): string {
  switch (door.kind) {
    case 'local':
      return t`this computer`
    case 'tls':
      return door.address
    case 'ssh':
      return t`ssh ${door.destination}`
  }
}
