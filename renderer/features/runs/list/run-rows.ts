import type { HostRun, RunPage } from '../../../../contract/shapes/run-page.ts'
import type { RunSummary } from '../../../../contract/shapes/run-summary.ts'
import type { RowList } from '../../../components/table-columns.ts'

/** One run as the table shows it. */
export interface RunRow {
  /** Its place in the list. */
  readonly at: number
  readonly hostId: string
  /** Null while it is read. */
  readonly run: RunSummary | null
}

/** Runs that are read at once. */
export const PAGE_RUNS = 100

/** Rows that were drawn, kept by the caller over the drawings. */
export type DrawnRows = WeakMap<RunSummary, RunRow>

/** Runs by host and id: those that have changed since they were read. */
export type LatestRuns = ReadonlyMap<string, RunSummary>

export function runKey({ hostId, run }: HostRun): string {
  return `${hostId} ${run.id}`
}

export interface RunRowsOptions {
  /** Those that were read, the first of the list first. */
  readonly pages: readonly RunPage[]
  readonly latest: LatestRuns
  readonly drawn: DrawnRows
}

/** A list of which only some pages are in memory. A row that was drawn is the same object when asked for again. */
export class RunRows implements RowList<RunRow> {
  readonly length: number
  readonly #pages: ReadonlyMap<number, RunPage>
  readonly #latest: LatestRuns
  readonly #drawn: DrawnRows

  constructor({ pages, latest, drawn }: RunRowsOptions) {
    this.length = pages[0]?.total ?? 0
    this.#pages = new Map(pages.map((page) => [page.offset / PAGE_RUNS, page]))
    this.#latest = latest
    this.#drawn = drawn
  }

  at(position: number): RunRow | undefined {
    if (position < 0 || position >= this.length) return undefined
    const page = this.#pages.get(Math.floor(position / PAGE_RUNS))
    const one = page?.runs[position - page.offset]
    if (one === undefined) return { at: position, hostId: '', run: null }
    const run = this.#latest.get(runKey(one)) ?? one.run
    const drawn = this.#drawn.get(run)
    if (drawn?.at === position) return drawn
    const row = { at: position, hostId: one.hostId, run }
    this.#drawn.set(run, row)
    return row
  }
}
