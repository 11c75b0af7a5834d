import { showFileName } from '../../contract/shapes/file-name.ts'
import { isEnded } from '../../contract/shapes/run.ts'
import type { RunSummary, RunSummarySubject } from '../../contract/shapes/run-summary.ts'

/** What a run is looked for and counted by. */
export interface RunColumns {
  readonly hostId: string
  readonly id: string
  readonly requestKey: string
  readonly kind: string
  readonly state: string
  readonly ended: 0 | 1
  readonly repositoryId: string
  readonly startedBy: string
  readonly queuedAt: string
  readonly startedAt: string | null
  readonly endedAt: string | null
  /** From its begin to its end; null while it has not had both. */
  readonly seconds: number | null
  readonly targetKind: string | null
  /** The first that it takes from, or the one that it made. */
  readonly snapshotId: string | null
  readonly follows: string | null
  readonly files: number
  readonly bytes: number | null
  readonly restored: number
  readonly updated: number
  readonly unchanged: number
  readonly deleted: number
  readonly skipped: number
  readonly failed: number
  readonly evidence: 'equal' | 'different' | 'unread' | null
  readonly evidenceAt: string | null
  /** All that a text is looked for in, in small letters. */
  readonly search: string
}

export function columnsOf(hostId: string, run: RunSummary): RunColumns {
  const { id, state, requestKey, repositoryId, startedBy, queuedAt, startedAt, endedAt, files, bytes, counts } = run
  return {
    hostId,
    id,
    requestKey,
    state,
    ended: isEnded(state) ? 1 : 0,
    repositoryId,
    startedBy,
    queuedAt: moment(queuedAt),
    startedAt,
    endedAt,
    seconds: startedAt === null || endedAt === null ? null : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000,
    files,
    bytes,
    ...counts,
    ...aboutSubject(run.subject),
    search: searchText(run),
  }
}

/** Moments as text of one length, so that they sort as they come. */
export function moment(time: string): string {
  return new Date(time).toISOString()
}

/** Text as it is looked for: in small letters, and names as they are shown. */
export function looked(text: string): string {
  return showFileName(text).toLowerCase()
}

const NOTHING = { targetKind: null, snapshotId: null, follows: null, evidence: null, evidenceAt: null } as const

function aboutSubject(
  subject: RunSummarySubject,
): Pick<RunColumns, 'kind' | 'targetKind' | 'snapshotId' | 'follows' | 'evidence' | 'evidenceAt'> {
  switch (subject.kind) {
    case 'init':
      return { ...NOTHING, kind: subject.kind }
    case 'backup':
      return { ...NOTHING, kind: subject.kind, snapshotId: subject.snapshotId }
    case 'diff':
      return { ...NOTHING, kind: subject.kind, snapshotId: subject.after.snapshotId }
    case 'restore': {
      const { kind, target, sources, follows, evidence } = subject
      return {
        kind,
        targetKind: target.kind,
        snapshotId: sources[0]?.snapshotId ?? null,
        follows: follows?.runId ?? null,
        evidence: evidence === null ? null : foundBy(evidence),
        evidenceAt: evidence?.at ?? null,
      }
    }
  }
}

function foundBy({ different, unread }: { readonly different: number; readonly unread: number }) {
  if (different > 0) return 'different'
  return unread > 0 ? 'unread' : 'equal'
}

function searchText({ id, startedBy, subject }: RunSummary): string {
  return [id, startedBy, ...wordsOf(subject)].map(looked).join('\n')
}

function wordsOf(subject: RunSummarySubject): readonly string[] {
  switch (subject.kind) {
    case 'init':
      return []
    case 'backup':
      return [...subject.paths.first, subject.snapshotId ?? '']
    case 'diff':
      return [subject.before.snapshotId, subject.after.snapshotId]
    case 'restore':
      return [
        subject.targetPath,
        subject.reason,
        ...subject.sources.flatMap(({ snapshotId, paths }) => [snapshotId, ...paths.first]),
      ]
  }
}
