import { Fault } from '../../../contract/errors.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import { auditEntry } from './audit.ts'
import { type RecordedRun, restoreRun } from './runs.ts'
import { begin } from './simulate.ts'
import type { World } from './world.ts'

export function hostOf(world: World, hostId: string): HostView {
  const host = world.hosts.get(hostId)
  if (host === undefined) throw new Fault('not_found', { what: 'host', id: hostId })
  return host
}

function refuseWhenBusy(host: HostView): void {
  if (host.activeRun === null) return
  const { id, subject, queuedAt } = host.activeRun
  throw new Fault('host_busy', { runId: id, kind: subject.kind, startedAt: queuedAt })
}

type Asked = Pick<RecordedRun['run'], 'repositoryId' | 'requestKey' | 'subject'>

/** The same request key gives the same run; a host that is busy refuses another. */
export function start(world: World, hostId: string, asked: Asked) {
  const known = [...world.runs.values()].find(({ run }) => run.requestKey === asked.requestKey)
  if (known !== undefined) return known.run
  refuseWhenBusy(hostOf(world, hostId))
  const { repositoryId, requestKey, subject } = asked
  const queuedAt = new Date().toISOString()
  const id = `run-${requestKey.slice(0, 8)}`
  const run = restoreRun(id, { repositoryId, requestKey, subject, state: 'queued', queuedAt, startedAt: null })
  if (subject.kind === 'restore') {
    const { sources, targetPath: folder, planHash, reason } = subject
    const include = sources.flatMap(({ selection }) => selection.include)
    const row = {
      at: queuedAt,
      hostId,
      repositoryId,
      snapshotId: sources[0]?.snapshotId ?? null,
      targetPath: folder,
      planHash,
      reason,
      outcome: 'pending',
      endedAt: null,
    } as const
    world.audit = [auditEntry(id, {}, { ...row, runId: id, summary: include.join(', ') }), ...world.audit]
  }
  begin(world, hostId, run)
  return run
}
