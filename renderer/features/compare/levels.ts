import type { Listing } from '../../components/tree/listing.ts'
import type { TreeSource } from '../../components/tree/tree-store.ts'
import { type ChangeFilter, type ChangeRow, isShown, listingOf } from './change-rows.ts'
import type { ComparisonCalls, Level } from './comparison-calls.ts'
import { asDecided, decided } from './content-decisions.ts'
import type { RollUps } from './roll-ups.ts'

/** The levels of a comparison: each is asked for once, and shown through any filter. */
export class Levels {
  readonly #calls: ComparisonCalls
  readonly #levels = new Map<string, Promise<readonly ChangeRow[]>>()
  readonly #places = new Map<string, Level>()
  readonly #rows = new WeakMap<Listing, readonly ChangeRow[]>()
  #decided: ReadonlyMap<string, boolean> = new Map()
  readonly rollUps: RollUps

  constructor(calls: ComparisonCalls, root: Omit<Level, 'path'>, rollUps: RollUps) {
    this.#calls = calls
    this.rollUps = rollUps
    this.#places.set('/', { path: '', ...root })
  }

  /** What a tree is drawn from. A level's key is its path: one listing may stand at several. */
  source(filter: ChangeFilter): TreeSource {
    return { rootTreeId: '/', load: (key) => this.#load(key, filter) }
  }

  /** The rows behind a listing that came from here. */
  rowsOf(listing: Listing): readonly ChangeRow[] {
    return this.#rows.get(listing) ?? []
  }

  /** What is known of all below a folder. */
  rollUpOf(row: ChangeRow, path: string): ChangeRow['rollUp'] {
    return this.rollUps.of(path) ?? row.rollUp
  }

  /** The listings that both sides have at a folder; null for a side that has none. */
  level(folder: string): Level | undefined {
    return this.#places.get(folder === '' ? '/' : folder)
  }

  /** A file was read on both sides: whether it holds the same. False where that says nothing new. */
  decide(row: ChangeRow, path: string, isSame: boolean): boolean {
    const { kind } = decided(row, isSame)
    if (kind === row.kind) return false
    this.#decided = new Map(this.#decided).set(path, isSame)
    this.rollUps.decide(path, { ...row, from: row.kind, to: kind })
    return true
  }

  /** Whether files hold the same that were read, by path; another map after each. */
  get decisions(): ReadonlyMap<string, boolean> {
    return this.#decided
  }

  async #load(key: string, filter: ChangeFilter): Promise<Listing> {
    const level = this.#places.get(key)
    if (level === undefined) throw new Error('no such level')
    const pathOf = ({ name }: ChangeRow): string => `${level.path}/${name}`
    const read = await this.#read(key, level, !filter.onlyChanges)
    const rows = read.map((row) => asDecided(row, this.#decided.get(pathOf(row))))
    for (const row of rows) {
      this.#places.set(pathOf(row), { path: pathOf(row), before: row.treeBefore, after: row.treeAfter })
    }
    // What somebody had compared does not vanish because it turned out to be the same.
    const shown = rows.filter(
      (row) => this.#decided.has(pathOf(row)) || isShown(row, filter, this.rollUpOf(row, pathOf(row))),
    )
    const listing = listingOf(shown, pathOf)
    this.#rows.set(listing, shown)
    return listing
  }

  #read(key: string, level: Level, all: boolean): Promise<readonly ChangeRow[]> {
    const name = `${all} ${key}`
    const known = this.#levels.get(name)
    if (known !== undefined) return known
    const reading = this.#calls.level(level, all)
    this.#levels.set(name, reading)
    reading.catch(() => this.#levels.delete(name))
    return reading
  }
}
