import type { RunState } from '../../../contract/shapes/run.ts'
import { NO_COUNTS } from '../../../contract/shapes/run.ts'
import type { HostRun } from '../../../contract/shapes/run-page.ts'
import { type RunSummary, type RunSummarySubject, summariseRun } from '../../../contract/shapes/run-summary.ts'
import { hexId, scramble, uuidOf } from './ids.ts'
import { PRESENT } from './moments.ts'
import { restoreOf, restoreRun } from './runs.ts'

const PEOPLE = ['maria@ops-laptop', 'jonas@ops-2', 'cron@backup-01', 'leila@night-shift'] as const
const FOLDERS = ['/srv/share/radiology', '/etc', '/var/lib/postgresql', '/srv/www/html', '/home'] as const
const ENDS: readonly RunState[] = [
  'succeeded',
  'succeeded',
  'succeeded',
  'succeeded',
  'succeeded',
  'partial',
  'failed',
  'cancelled',
]
const MINUTE = 60_000

/** What has run on some hosts over the last years, newest first: always the same. */
export function runHistory(hostIds: readonly string[], count: number): readonly HostRun[] {
  const restore = summariseRun(restoreRun('run')).subject
  const backups = FOLDERS.map(backupOf)
  return Array.from({ length: count }, (_, at) => {
    const dice = scramble(`history ${at}`)
    const subject = dice % 5 === 0 ? restore : (backups[dice % backups.length] ?? restore)
    return { hostId: hostIds[dice % hostIds.length] ?? 'local', run: runOf(at, dice, subject) }
  })
}

function runOf(at: number, dice: number, subject: RunSummarySubject): RunSummary {
  const state = ENDS[(dice >>> 5) % ENDS.length] ?? 'succeeded'
  const begun = PRESENT.getTime() - (at + 30) * 11 * MINUTE
  const seconds = 20 + ((dice >>> 8) % 900)
  const files = 1 + ((dice >>> 3) % 90_000)
  const failed = state === 'partial' || state === 'failed' ? 1 + (dice % 40) : 0
  const time = new Date(begun).toISOString()
  const id = `${subject.kind}-${time.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}-${dice.toString(16).padStart(8, '0')}`
  return {
    id,
    state,
    requestKey: uuidOf(id),
    repositoryId: 'files-north',
    subject: subject.kind === 'restore' ? { ...subject, targetPath: `/var/restic-restore/${id}` } : subject,
    startedBy: PEOPLE[dice % PEOPLE.length] ?? PEOPLE[0],
    queuedAt: time,
    startedAt: time,
    endedAt: new Date(begun + seconds * 1000).toISOString(),
    progress: null,
    files,
    bytes: files * 48_000,
    counts: { ...NO_COUNTS, restored: subject.kind === 'restore' ? files : 0, failed },
    fault: null,
    remark: '',
  }
}

function backupOf(folder: string): RunSummarySubject {
  return { kind: 'backup', paths: { first: [folder], more: folder === '/etc' ? 2 : 0 }, snapshotId: hexId(folder) }
}

/** Restores of one host that took about so many seconds, so that another one can be late. */
export function quickRestores(hostId: string, seconds: number): readonly HostRun[] {
  return Array.from({ length: 12 }, (_, at) => {
    const begun = PRESENT.getTime() - (at + 1) * 24 * 60 * MINUTE
    const run = restoreRun(`earlier-${at}`, {
      state: 'succeeded',
      subject: restoreOf(),
      queuedAt: new Date(begun).toISOString(),
      startedAt: new Date(begun).toISOString(),
      endedAt: new Date(begun + (seconds + at) * 1000).toISOString(),
    })
    return { hostId, run: summariseRun(run) }
  })
}
