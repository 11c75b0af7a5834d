import type { AuditEntry } from '../../../contract/shapes/audit.ts'
import { isEnded, NO_COUNTS, type Run, type RunEvent } from '../../../contract/shapes/run.ts'
import { summariseRun } from '../../../contract/shapes/run-summary.ts'
import { NEWEST_SNAPSHOT } from './snapshots.ts'
import type { World } from './world.ts'

const LEFT = 'What was written so far is left in the folder.'

type EventOf = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'sequence' | 'at'> : never) : never

/** Keep what happened in a run and tell those who follow it, its host's view and the audit. */
export function record(world: World, runId: string, event: EventOf): void {
  const known = world.runs.get(runId)
  if (known === undefined) return
  const numbered = { ...event, sequence: known.events.length + 1, at: new Date().toISOString() } as RunEvent
  const run = runAfter(known.run, numbered)
  world.runs.set(runId, { ...known, run, events: [...known.events, numbered] })
  tellHost(world, known.hostId, run)
  if (numbered.type === 'state') tellAudit(world, run)
  world.told.runs.publish(runId)
}

function runAfter(run: Run, event: RunEvent): Run {
  if (event.type === 'state') return event.run
  return event.type === 'progress' ? { ...run, progress: event.progress, counts: event.counts } : run
}

function tellHost(world: World, hostId: string, run: Run): void {
  const host = world.hosts.get(hostId)
  if (host === undefined) return
  const changed = { ...host, activeRun: isEnded(run.state) ? null : summariseRun(run) }
  world.hosts.set(hostId, changed)
  world.told.hosts.publish(changed)
}

function tellAudit(world: World, run: Run): void {
  const outcome = (entry: AuditEntry): AuditEntry => ({
    ...entry,
    outcome: run.state,
    files: run.counts.restored,
    bytes: run.progress?.bytesDone ?? null,
    endedAt: run.endedAt,
  })
  world.audit = world.audit.map((entry) => (entry.runId === run.id ? outcome(entry) : entry))
  world.told.audit.publish(world.audit)
}

/** Start a run that takes ten steps at the world's pace, and ends well unless it is cancelled before. */
export function begin(world: World, hostId: string, run: Run): void {
  world.runs.set(run.id, { hostId, run, events: [], ledger: [] })
  record(world, run.id, { type: 'state', run: { ...run, state: 'running', startedAt: new Date().toISOString() } })
  void steps(world, run.id)
}

async function steps(world: World, runId: string): Promise<void> {
  const total = 10
  for (let step = 1; step <= total; step += 1) {
    await new Promise((resolve) => setTimeout(resolve, world.pace))
    const run = world.runs.get(runId)?.run
    if (run === undefined || isEnded(run.state)) return
    const bytes = 38 * 1024 ** 2
    record(world, runId, { type: 'log', level: 'info', text: `Step ${step} of ${total}` })
    record(world, runId, {
      type: 'progress',
      counts: { ...NO_COUNTS, restored: Math.round((214 * step) / total) },
      progress: {
        phase: run.subject.kind === 'restore' ? 'restoring' : 'backing-up',
        filesDone: Math.round((214 * step) / total),
        filesTotal: 214,
        bytesDone: (bytes * step) / total,
        bytesTotal: bytes,
        rate: bytes / total / (world.pace / 1000),
        secondsLeft: ((total - step) * world.pace) / 1000,
        currentItem: `/srv/dumps/part-${step}`,
        part: null,
      },
    })
  }
  finish(world, runId, 'succeeded')
}

/** End a run as if its restic had ended. */
export function finish(world: World, runId: string, state: 'succeeded' | 'cancelled'): void {
  const run = world.runs.get(runId)?.run
  if (run === undefined || isEnded(run.state)) return
  const remark = state === 'cancelled' && run.subject.kind === 'restore' ? LEFT : ''
  const { subject: asked } = run
  const isSaved = asked.kind === 'backup' && state === 'succeeded'
  const subject = isSaved ? { ...asked, snapshotId: NEWEST_SNAPSHOT } : asked
  record(world, runId, { type: 'state', run: { ...run, state, remark, subject, endedAt: new Date().toISOString() } })
}
