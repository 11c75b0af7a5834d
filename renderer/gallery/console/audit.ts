import { type AuditEntry, NO_HOST } from '../../../contract/shapes/audit.ts'
import { type Evidence, NO_COUNTS } from '../../../contract/shapes/run.ts'
import { hexId } from './ids.ts'
import { before, type Span } from './moments.ts'
import { NEWEST_SNAPSHOT } from './snapshots.ts'

const GIB = 1024 ** 3
const MIB = 1024 ** 2

export function auditEntry(id: string, at: Span, fields: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id,
    at: before(at),
    action: 'host.restore',
    actor: 'maria@ops-laptop',
    origin: 'desktop',
    hostId: 'db-01',
    repositoryId: 'db-01',
    runId: `run-${id}`,
    requestKey: null,
    snapshotId: NEWEST_SNAPSHOT,
    summary: '/srv/dumps/clinic-2026-11-21.sql.zst',
    targetPath: `/var/restic-restore/run-${id}`,
    planHash: null,
    outcome: 'succeeded',
    files: 3,
    bytes: 1.2 * GIB,
    endedAt: before(at),
    reason: '',
    proof: null,
    ...fields,
  }
}

const proof = (fields: Partial<Evidence> = {}, safety = ''): AuditEntry['proof'] => ({
  counts: { ...NO_COUNTS, restored: 12, updated: 1_190, unchanged: 2, deleted: 3 },
  evidence: {
    by: 'restic',
    equal: 1_204,
    equalBytes: 3.1 * GIB,
    different: 0,
    unread: 0,
    at: before({ minutes: 30 }),
    ...fields,
  },
  safetySnapshot: safety === '' ? null : safety,
  restic: '0.18.0',
  agent: '0.1.0',
})

/** What this console did without a host. */
const own = {
  hostId: NO_HOST,
  repositoryId: null,
  runId: null,
  snapshotId: null,
  targetPath: null,
  files: null,
  bytes: null,
} as const

/** Restores of the last weeks, newest first, with every outcome. */
export const AUDIT: readonly AuditEntry[] = [
  auditEntry(
    'running',
    { minutes: 2, seconds: 49 },
    {
      hostId: 'files-north',
      repositoryId: 'files-north',
      summary: '/srv/share/radiology and 1 more',
      outcome: 'running',
      files: 77_680,
      bytes: 7.7 * GIB,
      endedAt: null,
    },
  ),
  auditEntry(
    'originals',
    { minutes: 31 },
    {
      hostId: 'files-north',
      repositoryId: 'files-north',
      summary: '/srv/share/prices, /srv/share/hr/lists of 3f9c2a71; /etc/samba/smb.conf of 81d3e00b',
      targetPath: '/',
      planHash: hexId('plan:originals'),
      files: 1_202,
      bytes: 3.1 * GIB,
      reason: 'The nightly import overwrote the price lists',
      proof: proof({}, hexId('snapshot:safety')),
    },
  ),
  auditEntry(
    'succeeded',
    { hours: 4, minutes: 51 },
    { proof: proof({ equal: 3, equalBytes: 1.2 * GIB }), actor: 'jonas@jump-1', origin: 'browser' },
  ),
  auditEntry(
    'preview',
    { hours: 5, minutes: 20 },
    {
      action: 'file.preview',
      actor: 'jonas@jump-1',
      origin: 'browser',
      runId: null,
      summary: '/etc/postgresql/postgresql.conf',
      targetPath: null,
      outcome: 'done',
      files: null,
      bytes: 29_812,
    },
  ),
  auditEntry(
    'preview-refused',
    { hours: 6, minutes: 2 },
    {
      action: 'file.preview',
      actor: 'field-1@lab',
      hostId: 'web-01',
      repositoryId: 'web-01',
      runId: null,
      summary: '/etc/shadow',
      targetPath: null,
      outcome: 'refused',
      files: null,
      bytes: null,
    },
  ),
  auditEntry(
    'export',
    { hours: 7 },
    { ...own, action: 'console.export', summary: '1,204 entries of the last 90 days as CSV', outcome: 'done' },
  ),
  auditEntry(
    'not-unlocked',
    { hours: 9, minutes: 14 },
    {
      ...own,
      action: 'console.unlock-failed',
      origin: 'browser',
      summary: 'The secrets of this console were not unlocked: wrong_password',
      outcome: 'refused',
    },
  ),
  auditEntry('cancel', { hours: 20 }, { action: 'host.cancel', summary: 'Cancelled run-cancelled', outcome: 'done' }),
  auditEntry(
    'cancelled',
    { hours: 20, minutes: 4 },
    { hostId: 'files-north', outcome: 'cancelled', files: 210, bytes: 31 * MIB },
  ),
  auditEntry(
    'partial',
    { days: 1, hours: 15 },
    {
      hostId: 'web-01',
      repositoryId: 'web-01',
      summary: '/var/www and 2 more',
      targetPath: '/srv/restored/www',
      outcome: 'partial',
      proof: proof({ equal: 212, equalBytes: 38 * MIB, different: 2 }),
      files: 214,
      bytes: 38 * MIB,
    },
  ),
  auditEntry(
    'refused',
    { days: 1, hours: 16 },
    { hostId: 'web-01', outcome: 'refused', runId: null, files: null, bytes: null },
  ),
  auditEntry('failed', { days: 2 }, { hostId: 'db-02', repositoryId: 'db-02', outcome: 'failed', files: 0, bytes: 0 }),
  auditEntry(
    'local',
    { days: 3 },
    {
      hostId: 'local',
      repositoryId: 'laptop',
      summary: '/home/maria/naïve “report” (final).odt',
      targetPath: '/home/maria/.local/share/restore-console/restored/run-local',
      files: 1,
      bytes: 29 * 1024,
    },
  ),
  auditEntry(
    'interrupted',
    { days: 20, hours: 6 },
    {
      actor: 'field-1@lab',
      hostId: 'lab-win-7',
      repositoryId: 'lab-win-7',
      summary: 'the whole snapshot',
      outcome: 'interrupted',
      files: 1_204,
      bytes: 2.1 * GIB,
    },
  ),
]
