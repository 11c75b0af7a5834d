import type { AuditEntry } from '../../../contract/shapes/audit.ts'
import type { PastOutcome, PastProof, PastRestore, TargetKind } from '../../../contract/shapes/past-restore.ts'
import { type Evidence, filesDone, isEnded } from '../../../contract/shapes/run.ts'
import { hexId, scramble } from './ids.ts'
import { before } from './moments.ts'
import type { RecordedRun } from './runs.ts'

const MIB = 1024 ** 2

/** What is known of the restores among these runs, and of what was refused, newest first. */
export function pastRestoresOf(runs: Iterable<RecordedRun>, audit: readonly AuditEntry[]): PastRestore[] {
  const ran = [...runs].flatMap((recorded) => restoreOfRun(recorded))
  const refused = audit
    .filter(({ action, outcome }) => action === 'host.restore' && outcome === 'refused')
    .map(restoreOfEntry)
  return newestFirst([...ran, ...refused])
}

export function newestFirst(restores: readonly PastRestore[]): PastRestore[] {
  return restores.toSorted((a, b) => b.at.localeCompare(a.at) || b.id.localeCompare(a.id))
}

function restoreOfRun({ hostId, run }: RecordedRun): PastRestore[] {
  const { subject } = run
  if (subject.kind !== 'restore') return []
  const [source] = subject.sources
  const ended = isEnded(run.state)
  const span =
    run.endedAt === null || run.startedAt === null ? null : Date.parse(run.endedAt) - Date.parse(run.startedAt)
  return [
    {
      hostId,
      id: run.id,
      runId: run.id,
      at: run.queuedAt,
      endedAt: run.endedAt,
      actor: run.startedBy,
      repositoryId: run.repositoryId,
      snapshotId: source?.snapshotId ?? null,
      snapshotTime: source?.snapshotTime ?? null,
      what: source?.selection.include[0] ?? '',
      paths: subject.sources.reduce((sum, { selection }) => sum + selection.include.length, 0),
      target: subject.target.kind,
      targetPath: subject.targetPath,
      state: run.state,
      outcome: ended ? (run.state as PastOutcome) : 'under-way',
      files: ended ? filesDone(run) : null,
      bytes: ended ? (run.progress?.bytesDone ?? null) : null,
      seconds: span === null ? null : span / 1000,
      proof: proofOf(subject.evidence),
      evidence: subject.evidence,
      reason: subject.reason,
    },
  ]
}

function restoreOfEntry(entry: AuditEntry): PastRestore {
  return {
    hostId: entry.hostId,
    id: entry.id,
    runId: null,
    at: entry.at,
    endedAt: entry.endedAt,
    actor: entry.actor,
    repositoryId: entry.repositoryId,
    snapshotId: entry.snapshotId,
    snapshotTime: null,
    what: entry.summary,
    paths: 0,
    target: null,
    targetPath: null,
    state: 'refused',
    outcome: 'refused',
    files: null,
    bytes: null,
    seconds: null,
    proof: 'none',
    evidence: null,
    reason: entry.reason,
  }
}

function proofOf(evidence: Evidence | null): PastProof {
  if (evidence === null) return 'none'
  if (evidence.different + evidence.unread > 0) return 'differs'
  return evidence.equal > 0 ? 'verified' : 'none'
}

const ACTORS = ['maria@ops-laptop', 'jonas@jump-1', 'field-1@lab'] as const
const FOLDERS = ['/etc/postgresql', '/srv/share/prices', '/var/www', '/srv/dumps'] as const
const OUTCOMES = [
  'succeeded',
  'succeeded',
  'succeeded',
  'succeeded',
  'succeeded',
  'partial',
  'failed',
  'cancelled',
] as const
const TARGETS: readonly TargetKind[] = ['staging', 'staging', 'path', 'in-place']

/** Restores of the last `days`, spread over these hosts' repositories, always the same. */
export function manyPastRestores(
  count: number,
  { hosts, days }: { hosts: readonly string[]; days: number },
): PastRestore[] {
  return Array.from({ length: count }, (_, at): PastRestore => {
    const dice = scramble(`past ${at}`)
    const outcome = OUTCOMES[dice % OUTCOMES.length] ?? 'succeeded'
    const target = TARGETS[(dice >>> 4) % TARGETS.length] ?? 'staging'
    const files = outcome === 'cancelled' ? 0 : 1 + ((dice >>> 7) % 4000)
    const bytes = files * (1 + ((dice >>> 3) % 5)) * MIB
    const hours = ((at + (dice % 97) / 97) / count) * days * 24
    const when = before({ hours, minutes: 8 })
    const seconds = 8 + (dice % 700)
    const endedAt = new Date(Date.parse(when) + seconds * 1000).toISOString()
    const isRead = files > 0 && dice % 3 !== 0
    const different = isRead && dice % 29 === 0 ? 2 : 0
    const evidence = isRead
      ? { by: 'restic', equal: files, equalBytes: bytes, different, unread: 0, at: endedAt }
      : null
    const host = hosts[(dice >>> 9) % hosts.length] ?? 'db-01'
    const id = `past-${at}`
    return {
      hostId: host,
      id,
      runId: id,
      at: when,
      endedAt,
      actor: ACTORS[(dice >>> 5) % ACTORS.length] ?? 'maria@ops-laptop',
      repositoryId: host,
      snapshotId: hexId(`snapshot:${at % 30}`),
      snapshotTime: before({ hours: hours + 12 }),
      what: FOLDERS[(dice >>> 6) % FOLDERS.length] ?? '/etc',
      paths: 1 + (dice % 3),
      target,
      targetPath: target === 'in-place' ? '/' : target === 'path' ? '/srv/restored' : `/var/restic-restore/${id}`,
      state: outcome,
      outcome,
      files,
      bytes,
      seconds,
      proof: proofOf(evidence),
      evidence,
      reason: target === 'in-place' ? 'The nightly import overwrote it' : '',
    }
  })
}
