import type { Run, RunEvent } from '../../../contract/shapes/run.ts'

export type LogLine = Omit<Extract<RunEvent, { type: 'log' }>, 'type'>

/** All that a run's page shows, gathered from the run's events alone: who comes late sees the same. */
export interface RunView {
  /** As it stands after the events so far; null before the first that says. */
  readonly run: Run | null
  readonly log: readonly LogLine[]
  /** Bytes per second of the latest samples, oldest first. */
  readonly rates: readonly number[]
  /** The number of the last event taken; what comes again is not taken twice. */
  readonly sequence: number
}

export const NOTHING_SEEN: RunView = { run: null, log: [], rates: [], sequence: 0 }

const RATES_KEPT = 60

/** The view after some more events of the run, in their order. */
export function afterEvents(view: RunView, events: readonly RunEvent[]): RunView {
  const lines: LogLine[] = []
  const rates: number[] = []
  let { run, sequence } = view
  for (const event of events) {
    if (event.sequence <= sequence) continue
    sequence = event.sequence
    switch (event.type) {
      case 'state':
        run = event.run
        break
      case 'progress':
        if (run !== null) run = { ...run, progress: event.progress, counts: event.counts }
        if (event.progress.rate !== null) rates.push(event.progress.rate)
        break
      case 'log':
        lines.push({ sequence: event.sequence, at: event.at, level: event.level, text: event.text })
    }
  }
  return {
    run,
    sequence,
    log: lines.length === 0 ? view.log : [...view.log, ...lines],
    rates: rates.length === 0 ? view.rates : [...view.rates, ...rates].slice(-RATES_KEPT),
  }
}

/** Where the first error stands in the log; -1 when there is none. */
export function firstErrorLine(log: readonly LogLine[]): number {
  return log.findIndex((line) => line.level === 'error')
}

/**
 * How much of a run is done, 0 to 1, by bytes or else by files; null while its size is unknown. A run that goes on is
 * never shown as wholly done: its last bytes are written before it has been found right.
 */
export function shareDone(run: Pick<Run, 'state' | 'progress'>): number | null {
  if (run.state === 'succeeded') return 1
  const { progress } = run
  if (progress === null) return null
  const { bytesDone, bytesTotal, filesDone, filesTotal } = progress
  const share = ratio(bytesDone, bytesTotal) ?? ratio(filesDone, filesTotal)
  if (share === null) return null
  return Math.min(share, run.state === 'running' ? 0.99 : 1)
}

function ratio(done: number, total: number | null): number | null {
  return total === null || total === 0 ? null : done / total
}
