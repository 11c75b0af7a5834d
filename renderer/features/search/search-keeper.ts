import type { SearchAddress } from './search-form.ts'
import { SearchRun, type SearchRunOptions } from './search-run.ts'

type Begin = Pick<SearchRunOptions, 'key' | 'grouped' | 'open'>

/** How long the results of the search before stay on the screen while the new one has told nothing. */
const PATIENCE_MILLISECONDS = 150

/** The window's one search: coming back to it finds it as it was left. */
export class SearchKeeper {
  #address: SearchAddress = {}
  #run: SearchRun | null = null
  #next: SearchRun | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #version = 0
  readonly #listeners = new Set<() => void>()

  /** For React's `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  readonly version = (): number => this.#version

  /** What is to be shown; while a new search has told nothing yet, for a moment the one before. */
  get run(): SearchRun | null {
    return this.#run
  }

  /** Where the search screen was last. */
  get address(): SearchAddress {
    return this.#address
  }

  remember(address: SearchAddress): void {
    this.#address = address
  }

  /** Search, unless that very search is the one that is kept. What was going on is stopped. */
  begin(search: Begin): void {
    const kept = this.#run
    if (kept?.key === search.key && this.#next === null && (kept.state !== 'stopped' || kept.hasFound)) return
    this.again(search)
  }

  /** Search from the beginning. */
  again(search: Begin): void {
    this.stop()
    const next: SearchRun = new SearchRun({
      ...search,
      onChange: () => {
        if (this.#next === next) this.#show(next)
        else if (this.#run === next) this.tell()
      },
    })
    this.#next = next
    this.#timer = setTimeout(() => this.#show(next), PATIENCE_MILLISECONDS)
  }

  /** End what is going on; what it has found stays. */
  stop(): void {
    if (this.#next !== null) this.#show(this.#next)
    if (this.#run?.state === 'looking') this.#run.stop()
  }

  /** Forget the search: nothing is looked for any more. */
  clear(): void {
    this.stop()
    this.#show(null)
  }

  /** Something of what is shown has changed. */
  tell(): void {
    this.#version += 1
    for (const listener of this.#listeners) listener()
  }

  #show(run: SearchRun | null): void {
    clearTimeout(this.#timer)
    this.#next = null
    this.#run = run
    this.tell()
  }
}
