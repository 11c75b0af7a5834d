import { useQuery } from '@tanstack/react-query'
import type { Run, RunEvent } from '../../../contract/shapes/run.ts'
import { useClient } from '../../client/client-context.tsx'
import { useHost } from '../../client/hosts-context.tsx'
import { type Stream, useStream } from '../../client/use-stream.ts'
import { afterEvents, NOTHING_SEEN, type RunView } from './run-view.ts'

export interface FollowedRun extends Omit<Stream<RunView>, 'value'> {
  readonly view: RunView
  /** As it stands; null until something is known of it. */
  readonly run: Run | null
}

/**
 * A run from its first event to now, and on until it has ended. While its host cannot be reached the last that is
 * known of it is shown as `unknown`, never as going on; of one that is opened only now, what was kept of it.
 */
export function useRun(hostId: string, runId: string): FollowedRun {
  const client = useClient()
  const host = useHost(hostId)
  const { value: view, ...stream } = useStream<RunView, RunEvent>({
    key: `${hostId} ${runId}`,
    initial: NOTHING_SEEN,
    open: (signal) => client.runs.follow({ hostId, runId }, { signal }),
    reduce: afterEvents,
  })
  const away = host !== null && (host.link.state === 'unreachable' || host.link.state === 'refused')
  const kept = useQuery({
    queryKey: ['kept-run', hostId, runId],
    queryFn: ({ signal }) => client.runs.get({ hostId, runId }, { signal }),
    // Its events come when the host does; what it was when somebody opened it is shown until then.
    enabled: away && view.run === null,
    gcTime: 0,
  })
  if (view.run === null && away && !kept.isPending)
    return {
      ...stream,
      view,
      run: kept.data ?? null,
      state: kept.isError ? 'failed' : stream.state,
      error: kept.error,
    }
  const goesOn = view.run?.state === 'running' || view.run?.state === 'queued'
  const lost = away && goesOn
  return { ...stream, view, run: view.run !== null && lost ? { ...view.run, state: 'unknown' } : view.run }
}
