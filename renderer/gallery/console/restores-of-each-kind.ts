import type { Evidence, Run, RunProgress } from '../../../contract/shapes/run.ts'
import { NO_COUNTS } from '../../../contract/shapes/run.ts'
import { hexId } from './ids.ts'
import { before, type Span } from './moments.ts'
import { eventsOf, type LedgerItem, progressAt, type RecordedRun, restoreOf, restoreRun, steps } from './runs.ts'

const MIB = 1024 ** 2
const GIB = 1024 ** 3
const HOST = 'files-north'
const REASON = 'The nightly import overwrote the price lists'

const evidence: Evidence = {
  by: 'restic',
  equal: 1_204,
  equalBytes: Math.round(3.1 * GIB),
  different: 0,
  unread: 0,
  at: before({ minutes: 30 }),
}

const inPlace = restoreOf({
  sources: [
    {
      snapshotId: hexId('snapshot:files-north:1'),
      snapshotTime: before({ days: 1, hours: 12 }),
      selection: { include: ['/srv/share/prices', '/srv/share/hr/lists'], exclude: ['/srv/share/prices/archive'] },
    },
    {
      snapshotId: hexId('snapshot:files-north:2'),
      snapshotTime: before({ days: 8, hours: 12 }),
      selection: { include: ['/etc/samba/smb.conf'], exclude: [] },
    },
  ],
  target: { kind: 'in-place' },
  targetPath: '/',
  deleteExtra: true,
  reason: REASON,
  planHash: hexId('plan:originals'),
  safetySnapshot: hexId('snapshot:safety'),
  evidence,
})

function ended(id: string, ago: Span, fields: Partial<Run>): Run {
  const end = Date.parse(before(ago))
  const startedAt = new Date(end - 42_000).toISOString()
  const at = { queuedAt: startedAt, startedAt, endedAt: before(ago) }
  const progress = progressAt(1, { phase: 'finishing', rate: null, secondsLeft: null, currentItem: null })
  return restoreRun(id, { ...at, progress: { ...progress, bytesDone: 3.1 * GIB, bytesTotal: 3.1 * GIB }, ...fields })
}

const ITEMS: readonly LedgerItem[] = [
  { path: '/srv/share/prices/old-2019.ods', type: 'file', action: 'deleted', size: 48_112, reason: '' },
  { path: '/srv/share/prices', type: 'dir', action: 'updated', size: null, reason: '' },
  { path: '/srv/share/prices/2026.ods', type: 'file', action: 'updated', size: 214_331, reason: '' },
  { path: '/srv/share/prices/latest', type: 'symlink', action: 'updated', size: null, reason: '' },
  { path: '/srv/share/hr/lists/new ␣ü.ods', type: 'file', action: 'restored', size: 88_112, reason: '' },
  { path: '/etc/samba/smb.conf', type: 'file', action: 'unchanged', size: 2_914, reason: '' },
]

function recorded(run: Run, ledger: readonly LedgerItem[], lines: readonly [string, string][] = []): RecordedRun {
  const last = lines.map(([level, text]) => [level === 'error' ? 'error' : 'info', text] as ['error' | 'info', string])
  return { hostId: HOST, run, ledger, events: eventsOf(run, steps(6, 1), last) }
}

/** Restores over original files, a revert, one of a million items, and one that nobody read back. */
export function restoresOfEachKind(): RecordedRun[] {
  const counts = { ...NO_COUNTS, restored: 12, updated: 1_190, unchanged: 2, deleted: 3 }
  const originals = ended('run-originals', { minutes: 30 }, { state: 'succeeded', subject: inPlace, counts })
  const undone = ended('run-undone', { days: 2 }, { state: 'succeeded', subject: inPlace, counts })
  const revert = ended(
    'run-revert',
    { days: 1, hours: 22 },
    {
      state: 'succeeded',
      subject: {
        ...inPlace,
        sources: inPlace.sources.slice(0, 1),
        follows: { kind: 'revert', runId: 'run-undone' },
        reason: 'The import was right after all',
      },
      counts: { ...NO_COUNTS, restored: 3, updated: 1_190, deleted: 12 },
    },
  )
  const unread = ended(
    'run-unread',
    { days: 3 },
    {
      state: 'succeeded',
      subject: restoreOf({
        target: { kind: 'path', path: '/srv/restored/www' },
        targetPath: '/srv/restored/www',
        conflicts: 'never',
        readBack: false,
      }),
      counts: { ...NO_COUNTS, restored: 206, skipped: 8 },
    },
  )
  return [
    recorded(originals, ITEMS),
    recorded(undone, ITEMS),
    recorded(revert, ITEMS),
    recorded(unread, []),
    millionItems(),
  ]
}

const FAILED: readonly LedgerItem[] = [
  {
    path: '/srv/archive/0007/scan ü.tif',
    type: 'file',
    action: 'failed',
    size: 18_214_331,
    reason:
      'The pack 9f31c2a7 that holds a part of it is missing in the repository. Run a check of the repository, or take the file from another snapshot.',
  },
  {
    path: '/srv/archive/0007/bad\udcffname.tif',
    type: 'file',
    action: 'failed',
    size: 12,
    reason: 'What was read back differs from the snapshot. Look for a faulty disk, then retry what failed.',
  },
  {
    path: '/srv/archive/run/agent.sock',
    type: 'socket',
    action: 'skipped',
    size: null,
    reason: 'A socket cannot be restored.',
  },
]
const MANY = 1_000_000

function millionItems(): RecordedRun {
  const run = ended(
    'run-million',
    { hours: 5 },
    {
      state: 'partial',
      subject: restoreOf({
        sources: [
          {
            snapshotId: hexId('snapshot:files-north:3'),
            snapshotTime: before({ days: 1, hours: 12 }),
            selection: { include: ['/srv/archive'], exclude: [] },
          },
        ],
        targetPath: '/var/restic-restore/run-million',
        evidence: {
          ...evidence,
          equal: MANY - 2,
          equalBytes: 412 * GIB,
          different: 1,
          unread: 1,
          at: before({ hours: 5 }),
        },
      }),
      counts: { ...NO_COUNTS, restored: MANY, failed: 2, skipped: 1 },
    },
  )
  const itemAt = (position: number): LedgerItem => ({
    path: `/srv/archive/${String(Math.floor(position / 1000)).padStart(4, '0')}/scan-${String(position % 1000).padStart(3, '0')}.tif`,
    type: 'file',
    action: 'restored',
    size: 400_000 + (position % 977) * 31,
    reason: '',
  })
  const lines: [string, string][] = FAILED.filter(({ action }) => action === 'failed').map(({ path, reason }) => [
    'error',
    `${path}: ${reason}`,
  ])
  return { ...recorded(run, FAILED, lines), many: { action: 'restored', count: MANY, itemAt } }
}

/** A restore over original files that is in one of its phases. */
export function runningIn(phase: RunProgress['phase']): RecordedRun {
  const isWriting = phase === 'restoring'
  const share = { planning: 0, saving: 0.4, restoring: 0.38, verifying: 0.7 }[phase as 'planning'] ?? 1
  const progress = progressAt(share, {
    phase,
    part: isWriting ? { at: 2, of: 5 } : null,
    ...(phase === 'planning'
      ? { filesDone: 41_207, filesTotal: null, bytesTotal: null, rate: null, secondsLeft: null }
      : {}),
    ...(isWriting ? { rate: 9 * MIB, secondsLeft: 875, currentItem: '/srv/share/prices/2026-11.ods' } : {}),
  })
  const subject = {
    ...inPlace,
    evidence: null,
    safetySnapshot: isWriting ? inPlace.safetySnapshot : ('wanted' as const),
  }
  const run = restoreRun('run-running', {
    subject,
    progress,
    counts: isWriting ? { ...NO_COUNTS, updated: 12_004, deleted: 3 } : NO_COUNTS,
  })
  const events = eventsOf(run, steps(12, share))
  return { hostId: HOST, run, ledger: isWriting ? ITEMS : [], events }
}
