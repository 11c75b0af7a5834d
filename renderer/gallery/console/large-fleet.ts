import { reasonOf } from '../../../contract/reasons.ts'
import type { HostView, Link } from '../../../contract/shapes/host.ts'
import { summariseRun } from '../../../contract/shapes/run-summary.ts'
import { connectedLink, emptyLocalHost, hostView, repositoryView } from './fleet.ts'
import { scramble } from './ids.ts'
import { before } from './moments.ts'
import { progressAt, restoreRun } from './runs.ts'

const KINDS = ['db', 'web', 'files', 'pacs', 'mail', 'lab'] as const
const SITES = ['north', 'south', 'east', 'west'] as const

function linkOf(dice: number): Link {
  const reason = reasonOf('no_answer_within', { place: `10.20.${dice % 250}.4:7420`, seconds: 15 })
  if (dice % 41 === 0)
    return {
      state: 'unreachable',
      since: before({ hours: 3 }),
      ...reason,
      lastSeenAt: before({ hours: 3, minutes: 1 }),
    }
  if (dice % 173 === 0)
    return { state: 'refused', since: before({ days: 2 }), ...reasonOf('not_admitted'), lastSeenAt: null }
  if (dice % 97 === 0) return { state: 'connecting', since: before({ seconds: 5 }), ...reason, lastSeenAt: null }
  return connectedLink()
}

/** This computer and `count` hosts of which most are well, always the same. */
export function largeFleet(count: number): HostView[] {
  const hosts = Array.from({ length: count }, (_, at): HostView => {
    const kind = KINDS[at % KINDS.length] ?? 'db'
    const name = `${kind}-${String(Math.floor(at / KINDS.length) + 1).padStart(3, '0')}`
    const dice = scramble(name)
    const running = dice % 89 === 0
    return hostView(name, {
      labels: [kind, SITES[dice % SITES.length] ?? 'north'],
      link: running ? connectedLink() : linkOf(dice),
      pinned: dice % 331 === 0,
      lastSnapshotAt: before({ hours: dice % 23 === 0 ? 31 : dice % 14, minutes: dice % 60 }),
      repositories: [repositoryView(name, { name: 'nightly' })],
      activeRun: running ? summariseRun(restoreRun(`run-${name}`, { progress: progressAt((dice % 90) / 100) })) : null,
    })
  })
  return [emptyLocalHost(), ...hosts]
}
