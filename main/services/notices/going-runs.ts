import type { RunKind } from '../../../contract/shapes/run.ts'
import type { RunSummary } from '../../../contract/shapes/run-summary.ts'
import type { HostsService } from '../hosts/index.ts'
import type { NoticesService } from './notices-service.ts'

export interface GoingRun {
  readonly hostId: string
  readonly host: string
  /** On this computer: it ends with this console. */
  readonly local: boolean
  /** False while its host cannot be reached: then it went on when it was last heard of. */
  readonly certain: boolean
  readonly runId: string
  readonly kind: RunKind
  /** How much of it is done, 0 to 1; null while that is not known. */
  readonly share: number | null
}

/** What there is to show of the runs in the workspaces that windows work in. */
export interface GoingRuns {
  readonly going: readonly GoingRun[]
  /** Ends of runs that need somebody and were not looked at yet. */
  readonly unseen: number
}

interface Deps {
  readonly hosts: Pick<HostsService, 'listOf' | 'changes'>
  readonly notices: Pick<NoticesService, 'watched' | 'unseen' | 'changes'>
}

/** How often it is told at most, in milliseconds: a progress bar needs no more. */
const PAUSE = 500

/** Tell what is so, now and again whenever something of it may have changed, until the signal. */
export async function followRuns(
  deps: Deps & { readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void> },
  tell: (summary: GoingRuns) => void,
  signal: AbortSignal,
): Promise<void> {
  const again = async (changes: { next(signal: AbortSignal): Promise<unknown> }): Promise<void> => {
    while (!signal.aborted) {
      await changes.next(signal)
      tell(summaryOf(deps))
      await deps.pause(PAUSE, signal)
    }
  }
  using ofHosts = deps.hosts.changes()
  using ofNotices = deps.notices.changes()
  tell(summaryOf(deps))
  await Promise.all([again(ofHosts), again(ofNotices)]).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}

/** The runs that go on in these workspaces, as far as is known. */
export function goingIn(workspaces: readonly string[], { hosts }: Pick<Deps, 'hosts'>): GoingRun[] {
  return workspaces.flatMap((id) =>
    hosts
      .listOf(id)
      .flatMap(({ id: hostId, name: host, local, activeRun: run }) =>
        run === null ? [] : [{ ...runOf(run), hostId, host, local }],
      ),
  )
}

export function summaryOf({ hosts, notices }: Deps): GoingRuns {
  const workspaces = [...new Set(notices.watched())]
  return {
    going: goingIn(workspaces, { hosts }),
    unseen: workspaces.reduce((sum, id) => sum + notices.unseen(id), 0),
  }
}

function runOf(run: RunSummary): Pick<GoingRun, 'runId' | 'kind' | 'share' | 'certain'> {
  return { runId: run.id, kind: run.subject.kind, share: shareOf(run), certain: run.state !== 'unknown' }
}

function shareOf({ progress }: RunSummary): number | null {
  if (progress === null || progress.bytesTotal === null || progress.bytesTotal === 0) return null
  return Math.min(1, progress.bytesDone / progress.bytesTotal)
}
