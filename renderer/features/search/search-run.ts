import type { PlacedSearchEvent } from '../../../contract/console/search.ts'
import { ResultRows } from './results/result-rows.ts'
import { SearchResults } from './results/search-results.ts'

export interface SearchRunOptions {
  /** What is searched for, where: another search has another key. */
  readonly key: string
  /** Each place has a row of its own above its paths. */
  readonly grouped: boolean
  open(signal: AbortSignal): Promise<AsyncIterable<PlacedSearchEvent>>
  /** Something was told, or it is over. */
  onChange(): void
}

/** How long events are gathered before the screen is drawn. */
const GATHER_MILLISECONDS = 60

/** One search from its beginning to its end, and what it has found. */
export class SearchRun {
  readonly key: string
  readonly results = new SearchResults()
  readonly rows: ResultRows
  /** `stopped`: it was ended before it was over, and what was found stays. */
  state: 'looking' | 'ended' | 'stopped' | 'failed' = 'looking'
  error: unknown
  readonly #controller = new AbortController()
  readonly #onChange: () => void
  #gathered: PlacedSearchEvent[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: SearchRunOptions) {
    this.key = options.key
    this.#onChange = options.onChange
    this.rows = new ResultRows(this.results, { grouped: options.grouped })
    this.#follow(options).then(
      () => this.#finish('ended'),
      (error: unknown) => this.#finish('failed', error),
    )
  }

  get hasFound(): boolean {
    return this.rows.length > 0
  }

  /** End it; main and the hosts stop looking. */
  stop(): void {
    this.#finish('stopped')
    this.#controller.abort()
  }

  async #follow({ open }: SearchRunOptions): Promise<void> {
    for await (const event of await open(this.#controller.signal)) {
      this.#gathered.push(event)
      this.#timer ??= setTimeout(() => this.#draw(), GATHER_MILLISECONDS)
    }
  }

  #finish(state: 'ended' | 'stopped' | 'failed', error?: unknown): void {
    if (this.state !== 'looking') return
    this.state = state
    this.error = error
    this.#draw()
  }

  #draw(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const event of this.#gathered) this.results.take(event)
    this.#gathered = []
    this.rows.refresh()
    this.#onChange()
  }
}
