import { hostname } from 'node:os'
import { summariseRun } from '../contract/shapes/run-summary.ts'
import { installationOf } from '../main/data-directory.ts'
import { FIRST_WORKSPACE, openConsoleStore } from '../main/store/index.ts'
import { manyRestores } from './many-restores.ts'

export interface Seeded {
  /** Names of the hosts that are far away, and never answer. */
  readonly hosts: readonly string[]
  readonly restores: number
  /** Over how many days they are spread. */
  readonly days: number
}

const AT_ONCE = 500

/** Fill a data directory, before a console opens it, with hosts and what was restored on them: spread evenly, this computer among them. */
export function seedConsole(dataDirectory: string, { hosts, restores, days }: Seeded): void {
  const now = new Date()
  using store = openConsoleStore(dataDirectory, now)
  const local = installationOf(dataDirectory)
  const plain = { workspaceId: FIRST_WORKSPACE, labels: [], pinned: false, workspace: null, addedAt: now.toISOString() }
  store.hosts.put(
    { ...plain, id: local, name: hostname(), door: { kind: 'local' }, agentId: null, lastSeenAt: null },
    ...hosts.map((name, at) => ({
      ...plain,
      id: `seeded-${at}`,
      name,
      // Nobody listens there.
      door: { kind: 'tls', address: '127.0.0.1:1', pin: 'A'.repeat(43) } as const,
      agentId: `agent-${at}`,
      lastSeenAt: null,
    })),
  )
  const ids = [local, ...hosts.map((_, at) => `seeded-${at}`)]
  for (const [seed, id] of ids.entries()) {
    const count = Math.floor(restores / ids.length) + (seed < restores % ids.length ? 1 : 0)
    const runs = manyRestores({ count, until: now, days, repositoryId: `data of ${id}`, seed: seed + 1 })
    for (let from = 0; from < runs.length; from += AT_ONCE)
      store.runs.put(id, ...runs.slice(from, from + AT_ONCE).map(summariseRun))
  }
}
