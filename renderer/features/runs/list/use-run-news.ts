import type { RunNews } from '../../../../contract/shapes/run-page.ts'
import { useClient } from '../../../client/client-context.tsx'
import { useStream } from '../../../client/use-stream.ts'
import { type LatestRuns, runKey } from './run-rows.ts'

interface Heard {
  readonly latest: LatestRuns
  /** Counts the times that the list became another one. */
  readonly moves: number
}

const NOTHING_HEARD: Heard = { latest: new Map(), moves: 0 }

/** What goes on, as it is told: `latest` are the runs that have changed, `moves` counts the times that lists became others. */
export function useRunNews(): Heard {
  const client = useClient()
  return useStream<Heard, RunNews>({
    key: 'runs',
    initial: NOTHING_HEARD,
    open: (signal) => client.runs.watch(undefined, { signal }),
    reduce: afterNews,
  }).value
}

/** What was heard after some more news. What a list that is read again holds anyway is forgotten: only the last is kept. */
export function afterNews(heard: Heard, news: readonly RunNews[]): Heard {
  const latest = new Map(heard.latest)
  for (const { runs } of news)
    for (const one of runs) {
      // Set anew it stands last.
      latest.delete(runKey(one))
      latest.set(runKey(one), one.run)
    }
  const kept = [...latest].slice(-MOST)
  return {
    latest: kept.length === latest.size ? latest : new Map(kept),
    moves: heard.moves + news.filter(({ moved }) => moved).length,
  }
}

/** Runs that have changed while the page is open: beyond these the list has long been read again. */
const MOST = 500
