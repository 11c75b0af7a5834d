import { isEnded, type Run, runSchema } from '../../../contract/shapes/run.ts'
import type { RunSummary } from '../../../contract/shapes/run-summary.ts'
import type { KeptListings, KeptName } from '../kept/index.ts'

/** Runs with all that was selected, as they were when somebody opened them: to be shown again while their host is away. */
export class WholeRuns {
  readonly #kept: Pick<KeptListings, 'keep' | 'read'>

  constructor(kept: Pick<KeptListings, 'keep' | 'read'>) {
    this.#kept = kept
  }

  keep(hostId: string, run: Run): void {
    this.#kept.keep(nameOf(hostId, run.id), run)
  }

  /** A run as it was when it was opened, and as far as `known` says more, as it is; null when it never was. */
  async read(hostId: string, known: RunSummary): Promise<Run | null> {
    const kept = await this.#kept.read(nameOf(hostId, known.id), runSchema)
    if (kept === null) return null
    const { subject, progress, ...now } = known
    return {
      ...kept.value,
      ...pick(now),
      subject: subjectNow(kept.value.subject, subject),
      progress: progress ?? (isEnded(known.state) ? endedProgress(kept.value) : kept.value.progress),
    }
  }
}

function nameOf(hostId: string, runId: string): KeptName {
  return { hostId, repositoryId: null, what: ['run', runId] }
}

function pick({ state, startedAt, endedAt, counts, fault, remark }: Omit<RunSummary, 'subject' | 'progress'>) {
  return { state, startedAt, endedAt, counts, fault, remark }
}

/** What has become known of it since. */
function subjectNow(kept: Run['subject'], known: RunSummary['subject']): Run['subject'] {
  if (kept.kind === 'backup' && known.kind === 'backup') return { ...kept, snapshotId: known.snapshotId }
  if (kept.kind === 'diff' && known.kind === 'diff') return { ...kept, summary: known.summary }
  if (kept.kind !== 'restore' || known.kind !== 'restore') return kept
  const { safetySnapshot, evidence } = known
  return { ...kept, safetySnapshot, evidence }
}

function endedProgress({ progress }: Run): Run['progress'] {
  return progress === null ? null : { ...progress, rate: null, secondsLeft: null, currentItem: null }
}
