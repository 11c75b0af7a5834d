import { hexId } from './ids.ts'
import { restoreRun } from './runs.ts'
import { busyWorld, type World } from './world.ts'

/** A console in whose db-01 a restore has ended that another can follow from: `run-in-place`, or `run-stopped`. */
export function ended(kind: 'in-place' | 'stopped'): World {
  const world = busyWorld()
  const id = `run-${kind}`
  const run = restoreRun(id, { repositoryId: 'db-01', state: kind === 'in-place' ? 'succeeded' : 'cancelled' })
  if (run.subject.kind !== 'restore') return world
  const inPlace = kind === 'in-place'
  const sources = run.subject.sources.map((source) => ({
    ...source,
    selection: { include: ['/etc/postgresql', '/etc/nginx'], exclude: [] },
  }))
  world.runs.set(id, {
    hostId: 'db-01',
    run: {
      ...run,
      counts: { ...run.counts, restored: 3, updated: inPlace ? 4 : 0, failed: inPlace ? 0 : 2 },
      subject: {
        ...run.subject,
        sources,
        target: { kind: inPlace ? 'in-place' : 'staging' },
        targetPath: inPlace ? '/' : `/var/restic-restore/${id}`,
        reason: inPlace ? 'pg_hba.conf was overwritten by the migration' : '',
        safetySnapshot: inPlace ? hexId('snapshot:safety') : null,
      },
    },
    events: [],
    ledger: [],
  })
  return world
}
