import type { Run, RunEvent } from '../../../contract/shapes/run.ts'
import { NO_COUNTS } from '../../../contract/shapes/run.ts'
import { before } from './moments.ts'
import { type LedgerItem, type RecordedRun, restoreRun } from './runs.ts'
import { NEWEST_SNAPSHOT } from './snapshots.ts'

const GIB = 1024 ** 3
const UNREAD: readonly LedgerItem[] = [
  {
    path: '/srv/mail/lock',
    type: null,
    action: 'failed',
    size: null,
    reason: 'open /srv/mail/lock: permission denied',
  },
  { path: '/srv/dumps/clinic.sql.part', type: null, action: 'failed', size: null, reason: 'no such file or directory' },
]

/** A backup of db-01: under way, whole, or without what could not be read. */
export function backupRun(state: 'running' | 'succeeded' | 'partial'): RecordedRun {
  const over = state !== 'running'
  const share = over ? 1 : 0.42
  const run: Run = {
    ...restoreRun(`run-backup-${state}`),
    state,
    repositoryId: 'db-01',
    subject: {
      kind: 'backup',
      paths: ['/etc', '/home', '/srv'],
      exclude: ['*.tmp'],
      snapshotId: over ? NEWEST_SNAPSHOT : null,
    },
    endedAt: over ? before({ seconds: 20 }) : null,
    progress: {
      phase: over ? 'finishing' : 'backing-up',
      filesDone: Math.round(48_210 * share),
      filesTotal: 48_210,
      bytesDone: Math.round(6.1 * GIB * share),
      bytesTotal: Math.round(6.1 * GIB),
      rate: over ? null : 84 * 1024 ** 2,
      secondsLeft: over ? null : 43,
      currentItem: over ? null : '/srv/dumps/clinic-2026-11-20.sql.zst',
      part: null,
    },
    counts: { ...NO_COUNTS, failed: state === 'partial' ? UNREAD.length : 0 },
    remark: state === 'partial' ? 'The snapshot was made without 2 items that could not be read.' : '',
  }
  const at = before({ minutes: 2, seconds: 40 })
  const events: RunEvent[] = [
    { type: 'state', sequence: 1, at, run: { ...run, state: 'running', endedAt: null, remark: '' } },
    { type: 'log', sequence: 2, at, level: 'info', text: 'Backing up 3 paths with restic 0.18.0.' },
    ...(state === 'partial'
      ? UNREAD.map(
          ({ path, reason }, index): RunEvent => ({
            type: 'log',
            sequence: 3 + index,
            at,
            level: 'warning',
            text: `${path}: ${reason}`,
          }),
        )
      : []),
  ]
  events.push({ type: 'state', sequence: events.length + 1, at: before({ seconds: 20 }), run })
  return { hostId: 'db-01', run, events, ledger: state === 'partial' ? UNREAD : [] }
}
