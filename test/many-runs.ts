import type { RunState } from '../contract/shapes/run.ts'
import type { HostRun } from '../contract/shapes/run-page.ts'
import type { RunSummary, RunSummarySubject } from '../contract/shapes/run-summary.ts'

const MINUTE = 60_000
const BEGIN = Date.parse('2024-01-01T00:00:00.000Z')
const ENDS: readonly RunState[] = ['succeeded', 'succeeded', 'succeeded', 'succeeded', 'partial', 'failed', 'cancelled']
const PEOPLE = ['ada@desk', 'bela@laptop', 'cron@host', 'Çelik@ops'] as const
const PLACES = ['/etc', '/srv/www/html', '/var/lib/postgresql', '/home/Älice', '/caf\udce9', '/100%_done'] as const

/** A fleet's runs of some years, the oldest first: always the same for the same place in the list. */
export function runAt(at: number, hosts: readonly string[]): HostRun {
  const dice = scramble(at)
  const pick = <T>(list: readonly T[], salt: number): T => list[(dice >>> salt) % list.length] as T
  const hostId = pick(hosts, 3)
  // Some begin in the same millisecond.
  const queued = BEGIN + Math.floor(at / 2) * 12 * MINUTE
  const isOver = at % 5000 !== 4999
  const state = isOver ? pick(ENDS, 7) : 'running'
  const seconds = 5 + (dice % 4000)
  const startedAt = new Date(queued + 40).toISOString()
  const run: RunSummary = {
    id: `${at % 3 === 0 ? 'backup' : 'restore'}-${new Date(queued).toISOString().slice(0, 19)}-${dice.toString(16)}-${at}`,
    state,
    requestKey: `00000000-0000-4000-8000-${at.toString(16).padStart(12, '0')}`,
    repositoryId: `${hostId}-repository-${dice % 2}`,
    subject: subjectOf(at, dice, pick(PLACES, 5)),
    startedBy: pick(PEOPLE, 11),
    queuedAt: new Date(queued).toISOString(),
    startedAt,
    endedAt: isOver ? new Date(Date.parse(startedAt) + seconds * 1000).toISOString() : null,
    progress: null,
    files: dice % 90_000,
    bytes: (dice % 90_000) * 40_000,
    counts: {
      restored: at % 3 === 0 ? 0 : dice % 90_000,
      updated: 0,
      unchanged: 0,
      deleted: 0,
      skipped: state === 'partial' ? dice % 9 : 0,
      failed: state === 'partial' || state === 'failed' ? 1 + (dice % 40) : 0,
    },
    fault: null,
    remark: '',
  }
  return { hostId, run }
}

function subjectOf(at: number, dice: number, place: string): RunSummarySubject {
  const snapshotId = dice.toString(16).padStart(8, '0').repeat(8)
  const paths = { first: [place, `${place}/${dice % 977}`], more: dice % 40 }
  if (at % 3 === 0) return { kind: 'backup', paths, snapshotId: at % 12 === 0 ? null : snapshotId }
  const inPlace = dice % 11 === 0
  return {
    kind: 'restore',
    layout: 'full-path',
    conflicts: 'always',
    deleteExtra: false,
    readBack: true,
    sources: [{ snapshotId, snapshotTime: '2024-01-01T01:00:00+01:00', paths }],
    target: inPlace ? { kind: 'in-place' } : { kind: 'staging' },
    targetPath: inPlace ? '/' : `/var/restic-restore/restore-${at}`,
    planHash: null,
    follows: at % 50 === 1 ? { kind: 'retry', runId: `restore-of-${at % 1000}` } : null,
    reason: inPlace ? `INC-${dice % 5000}: Überschrieben` : '',
    safetySnapshot: null,
    evidence:
      dice % 4 === 0
        ? null
        : {
            by: 'restic',
            equal: dice % 90_000,
            equalBytes: 1,
            different: dice % 97 === 0 ? 1 : 0,
            unread: dice % 89 === 0 ? 1 : 0,
            at: '2026-11-21T03:00:00.000Z',
          },
  }
}

/** Looks random, and is always the same. */
function scramble(at: number): number {
  let hash = Math.imul(at + 1, 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
