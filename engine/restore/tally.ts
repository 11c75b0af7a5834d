import type { LedgerAction } from '../../contract/shapes/run.ts'
import type { ExpectedItems } from './expected-items.ts'
import { type Failure, type Found, judge } from './judge.ts'
import type { Correction, LedgerItem } from './restore-event.ts'

interface Entry {
  readonly path: string
  readonly sizes: readonly number[]
  said: number
  failure: Failure | null
  found: readonly Found[]
  /** How many events were made of it, and what the last one said. */
  told: number
  toldAction: LedgerAction | null
}

export interface Settlement {
  /** Items that are on disk as they should be, and their bytes. */
  readonly good: number
  readonly goodBytes: number
  readonly failed: number
  /** Good items that could not be read back, since their own permissions forbid it. */
  readonly unverified: number
  /** In the order in which they are to be applied. */
  readonly corrections: readonly Correction[]
}

/**
 * What was expected, what restic says and what is found on disk, held against each other item by item. Paths are as
 * restic prints them; items whose paths look alike there are told apart only by what is found.
 */
export class Tally {
  readonly #entries = new Map<string, Entry>()
  readonly #targetPath: string
  /** Failures of what is no expected item: folders, and what could not be planned. */
  readonly #others = new Set<string>()
  #said = 0

  constructor(expected: ExpectedItems, targetPath: string) {
    this.#targetPath = targetPath
    for (const [path, sizes] of expected.sizes) {
      this.#entries.set(path, { path, sizes, said: 0, failure: null, found: [], told: 0, toldAction: null })
    }
  }

  /** Items that restic says are restored. */
  get said(): number {
    return this.#said
  }

  /** restic says that it is done with an item. Undefined when that is no news for the ledger. */
  restored(path: string, action: LedgerAction, size: number): LedgerItem | undefined {
    const entry = this.#entries.get(path)
    if (entry === undefined) return undefined
    entry.said++
    this.#said++
    if (entry.failure !== null) return undefined
    return tell(entry, { path, action, size, reason: '' })
  }

  /** restic reports an error, perhaps not the first, for an item. Undefined when that is no news for the ledger. */
  failed(item: string, message: string): LedgerItem | undefined {
    const { path, verifying } = this.#locate(item)
    const entry = this.#entries.get(path)
    if (entry === undefined) {
      if (this.#others.has(path)) return undefined
      this.#others.add(path)
      return { path, action: 'failed', size: null, reason: message }
    }
    if (entry.failure !== null) return undefined
    entry.failure = { message, verifying }
    // What was told as restored is corrected in the end.
    return entry.told > 0
      ? undefined
      : tell(entry, { path, action: 'failed', size: entry.sizes[0] ?? null, reason: message })
  }

  /** Something is on disk; what was not expected is of no interest. */
  found(found: Found): void {
    const entry = this.#entries.get(found.path.toWellFormed())
    if (entry !== undefined) entry.found = [...entry.found, found]
  }

  /** The end of it. `complete`: restic was not stopped, so that what it did not do is a failure. */
  settle({ complete }: { readonly complete: boolean }): Settlement {
    const sum = { good: 0, goodBytes: 0, failed: this.#others.size, unverified: 0 }
    const corrections: Correction[] = []
    for (const entry of this.#entries.values()) {
      const items = judge(entry, complete)
      for (const item of items) count(item, sum)
      if (!isAsTold(entry, items)) corrections.push(...items.map((item) => correct(entry, item)))
    }
    // A path that takes its own place comes last: another that had the same place would take it away.
    corrections.sort((left, right) => Number(left.path === left.replaces) - Number(right.path === right.replaces))
    return { ...sum, corrections }
  }

  /** While it verifies, restic names the file on disk. */
  #locate(item: string): { path: string; verifying: boolean } {
    const inside = item.startsWith(`${this.#targetPath}/`) ? item.slice(this.#targetPath.length) : undefined
    return inside !== undefined && this.#entries.has(inside)
      ? { path: inside, verifying: true }
      : { path: item, verifying: false }
  }
}

function tell(entry: Entry, item: LedgerItem): LedgerItem {
  entry.told++
  entry.toldAction = item.action
  return item
}

function count(item: LedgerItem, sum: { good: number; goodBytes: number; failed: number; unverified: number }): void {
  if (item.action === 'failed') {
    sum.failed++
    return
  }
  sum.good++
  sum.goodBytes += item.size ?? 0
  if (item.reason !== '') sum.unverified++
}

/** Nothing is judged of what a stopped restore had not finished: what was told of it stands. */
function isAsTold(entry: Entry, items: readonly LedgerItem[]): boolean {
  if (items.length === 0) return true
  return (
    items.length === entry.told &&
    items.every((item) => item.path === entry.path && item.action === entry.toldAction) &&
    items.every((item) => item.action === 'failed' || item.reason === '')
  )
}

function correct(entry: Entry, item: LedgerItem): Correction {
  return { ...item, replaces: entry.told > 0 ? entry.path : null }
}
