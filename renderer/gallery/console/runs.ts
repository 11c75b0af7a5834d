import { Fault, writeFault } from '../../../contract/errors.ts'
import type { Evidence, LedgerAction, Run, RunCounts, RunEvent, RunProgress } from '../../../contract/shapes/run.ts'
import { NO_COUNTS } from '../../../contract/shapes/run.ts'
import type { NodeType } from '../../../contract/shapes/tree.ts'
import { hexId, uuidOf } from './ids.ts'
import { before } from './moments.ts'
import { NEWEST_SNAPSHOT } from './snapshots.ts'

export interface LedgerItem {
  readonly path: string
  readonly type: NodeType | null
  readonly action: LedgerAction
  readonly size: number | null
  readonly reason: string
}

/** A run with all that its agent's journal holds of it. */
export interface RecordedRun {
  readonly hostId: string
  readonly run: Run
  readonly events: readonly RunEvent[]
  readonly ledger: readonly LedgerItem[]
  /** Items of one outcome that come after these, made as they are asked for: too many to be kept. */
  readonly many?: {
    readonly action: LedgerAction
    readonly count: number
    itemAt(position: number): LedgerItem
  }
}

const MIB = 1024 ** 2
const GIB = 1024 ** 3
const FILES = 125_299
const BYTES = Math.round(12.4 * GIB)

export function restoreRun(id: string, fields: Partial<Run> = {}): Run {
  return {
    id,
    state: 'running',
    requestKey: uuidOf(`request:${id}`),
    repositoryId: 'files-north',
    subject: restoreOf({ targetPath: `/var/restic-restore/${id}` }),
    startedBy: 'maria@ops-laptop',
    queuedAt: before({ minutes: 2, seconds: 49 }),
    startedAt: before({ minutes: 2, seconds: 49 }),
    endedAt: null,
    progress: null,
    counts: NO_COUNTS,
    fault: null,
    remark: '',
    ...fields,
  }
}

/** What a restore of the gallery is about: two folders, to staging, read back, unless more is said. */
export function restoreOf(fields: Partial<RestoreSubject> = {}): RestoreSubject {
  return {
    kind: 'restore',
    sources: [
      {
        snapshotId: NEWEST_SNAPSHOT,
        snapshotTime: before({ hours: 12, minutes: 5 }),
        selection: { include: ['/srv/share/radiology', '/srv/share/hr'], exclude: [] },
      },
    ],
    target: { kind: 'staging' },
    layout: 'full-path',
    conflicts: 'always',
    deleteExtra: false,
    readBack: true,
    targetPath: '/var/restic-restore/run',
    planHash: hexId('plan'),
    follows: null,
    reason: '',
    safetySnapshot: null,
    evidence: null,
    ...fields,
  }
}

export type RestoreSubject = Extract<Run['subject'], { kind: 'restore' }>

/** Progress of a restore of `FILES` files, `share` of the way (0 to 1). */
export function progressAt(share: number, fields: Partial<RunProgress> = {}): RunProgress {
  const bytesDone = Math.round(BYTES * share)
  const rate = 118 * MIB
  return {
    phase: 'restoring',
    filesDone: Math.round(FILES * share),
    filesTotal: FILES,
    bytesDone,
    bytesTotal: BYTES,
    rate,
    secondsLeft: Math.round((BYTES - bytesDone) / rate),
    currentItem: '/srv/share/radiology/2026/11/IM_00771.dcm',
    part: null,
    ...fields,
  }
}

const FAILURES: readonly LedgerItem[] = [
  {
    path: '/srv/share/hr/contract ü.pdf',
    type: 'file',
    action: 'failed',
    size: 214_331,
    reason: 'pack 9f31c2a7 is missing in the repository',
  },
  {
    path: '/srv/share/hr/payroll-2026-10.ods',
    type: 'file',
    action: 'failed',
    size: 88_112,
    reason: 'ciphertext verification failed',
  },
  { path: '/srv/share/hr/bad\udcffname', type: 'file', action: 'failed', size: 12, reason: 'no space left on device' },
]

export function ledgerOf(restored: number, failures: readonly LedgerItem[] = FAILURES): LedgerItem[] {
  const images = Array.from({ length: restored }, (_, at) => ({
    path: `/srv/share/radiology/2026/11/IM_${String(restored - at).padStart(5, '0')}.dcm`,
    type: 'file' as const,
    action: 'restored' as const,
    size: 511_000 + (at % 4_000),
    reason: '',
  }))
  return [...failures, ...images]
}

/** The events of a run: a line for each step, samples of progress with a wavering rate, and how it stands at last. */
export function eventsOf(run: Run, shares: readonly number[], last: readonly [RunLevel, string][] = []): RunEvent[] {
  const events: RunEvent[] = []
  const start = Date.parse(run.startedAt ?? run.queuedAt)
  const at = (second: number): string => new Date(start + second * 1000).toISOString()
  const log = (second: number, level: RunLevel, text: string): void => {
    events.push({ type: 'log', sequence: events.length + 1, at: at(second), level, text })
  }
  events.push({
    type: 'state',
    sequence: 1,
    at: at(0),
    run: { ...run, state: 'running', endedAt: null, fault: null, remark: '' },
  })
  log(0, 'info', 'Restoring 3f9c2a71 into /var/restic-restore')
  log(1, 'info', 'Repository opened, 1412 packs are needed')
  log(2, 'info', `Planned ${FILES} files, ${BYTES} bytes; 58 GiB are free`)
  shares.forEach((share, sample) => {
    const second = 3 + sample * 4
    const rate = (96 + ((sample * 37) % 29)) * MIB
    const counts: RunCounts = { ...NO_COUNTS, restored: Math.round(FILES * share), failed: share > 0.5 ? 3 : 0 }
    events.push({
      type: 'progress',
      sequence: events.length + 1,
      at: at(second),
      progress: progressAt(share, { rate }),
      counts,
    })
    if (sample % 5 === 4) log(second, 'info', `${Math.round(share * 100)} %, ${Math.round(FILES * share)} files`)
    if (sample === 12 && run.counts.failed > 0)
      for (const item of FAILURES) log(second, 'error', `${item.path}: ${item.reason}`)
  })
  const end = 4 + shares.length * 4
  for (const [level, text] of last) log(end, level, text)
  events.push({ type: 'state', sequence: events.length + 1, at: at(end), run })
  return events
}

type RunLevel = 'info' | 'warning' | 'error'

/** Shares of the way, evenly, up to `top`. */
export function steps(count: number, top: number): number[] {
  return Array.from({ length: count }, (_, at) => (top * (at + 1)) / count)
}

export const RUNNING = 'run-running'
const counts = (restored: number, failed = 0, skipped = 0): RunCounts => ({ ...NO_COUNTS, restored, failed, skipped })
const LEFT_BEHIND = '77 680 files, 7.7 GiB, were written and are left in the folder.'

function readBack(equal: number): Evidence {
  return { by: 'restic', equal, equalBytes: BYTES, different: 0, unread: 0, at: before({ minutes: 1 }) }
}

/** A restore that has come to `share` of its way; `last` are the lines it ended with. */
function recorded(
  share: number,
  fields: Partial<Run> & Pick<Run, 'state'>,
  last: readonly [RunLevel, string][] = [],
): RecordedRun {
  const { state } = fields
  const failed = fields.counts?.failed ?? 0
  const ended = state === 'running' || state === 'queued' || state === 'unknown' ? null : before({ minutes: 1 })
  const id = fields.id ?? `run-${state}`
  const evidence = state === 'succeeded' || state === 'partial' ? readBack(fields.counts?.restored ?? 0) : null
  const subject = restoreOf({ targetPath: `/var/restic-restore/${id}`, evidence })
  const run = restoreRun(id, { endedAt: ended, progress: progressAt(share), subject, ...fields })
  const ledger = ledgerOf(Math.min(run.counts.restored, 5_000), failed > 0 ? FAILURES : [])
  return { hostId: 'files-north', run, events: eventsOf(run, steps(26, share), last), ledger }
}

/** One restore in each state a run can be in. */
export function restoresInEveryState(): RecordedRun[] {
  const noSpace = writeFault(new Fault('no_space', { needed: BYTES, free: Math.round(7.7 * GIB) }))
  const damaged = writeFault(
    new Fault('tool_failed', { tool: 'restic', exitCode: 1, stderrTail: 'Fatal: unable to load index' }),
  )
  const cancelled = writeFault(new Fault('cancelled', {}))
  return [
    recorded(0.62, { state: 'running', counts: counts(77_680, 3) }),
    recorded(1, { state: 'succeeded', counts: counts(FILES) }, [
      ['info', 'Every file was read back and is as the snapshot has it'],
    ]),
    recorded(1, { state: 'partial', counts: counts(FILES - 11, 3, 8) }, [
      ['warning', '3 files failed and 8 were skipped'],
    ]),
    recorded(0.62, { state: 'failed', counts: counts(77_680, 3), fault: noSpace, remark: LEFT_BEHIND }, [
      ['error', 'No space left on device'],
    ]),
    recorded(0.62, { state: 'cancelled', counts: counts(77_680), fault: cancelled, remark: LEFT_BEHIND }, [
      ['warning', 'Cancelled by maria@ops-laptop; restic has ended'],
    ]),
    recorded(0.31, {
      state: 'interrupted',
      counts: counts(38_842),
      remark: 'The agent was restarted in the middle of it. 38 842 files were written and are left in the folder.',
    }),
    recorded(0.44, { state: 'unknown', counts: counts(55_131) }),
    { ...recorded(0, { state: 'queued', startedAt: null, progress: null }), events: [] },
    recorded(0, {
      id: 'run-damaged',
      state: 'failed',
      progress: null,
      fault: damaged,
      remark: 'Nothing was written.',
    }),
  ]
}

/** The making of a sample repository, under way or over. */
export function sampleRun(state: 'running' | 'succeeded'): RecordedRun {
  const over = state === 'succeeded'
  const progress: RunProgress = {
    phase: over ? 'finishing' : 'backing-up',
    filesDone: over ? 8 : 5,
    filesTotal: 8,
    bytesDone: 0,
    bytesTotal: null,
    rate: null,
    secondsLeft: null,
    currentItem: null,
    part: null,
  }
  const run: Run = {
    ...restoreRun(`run-sample-${state}`),
    state,
    repositoryId: 'sample',
    subject: { kind: 'init', sample: true },
    endedAt: over ? before({ seconds: 12 }) : null,
    startedAt: before({ seconds: 30 }),
    queuedAt: before({ seconds: 30 }),
    progress,
  }
  const lines = ['Repository created', 'Wrote 412 files', 'Snapshot 1 of 6', 'Snapshot 2 of 6', 'Snapshot 3 of 6']
  const logs = lines.map(
    (text, at): RunEvent => ({
      type: 'log',
      sequence: at + 2,
      at: before({ seconds: 29 - at }),
      level: 'info',
      text,
    }),
  )
  const events: RunEvent[] = [
    { type: 'state', sequence: 1, at: before({ seconds: 30 }), run: { ...run, state: 'running', endedAt: null } },
    ...logs,
    { type: 'progress', sequence: 7, at: before({ seconds: 24 }), progress, counts: NO_COUNTS },
    { type: 'state', sequence: 8, at: before({ seconds: 12 }), run },
  ]
  return { hostId: 'local', run, events, ledger: [] }
}
