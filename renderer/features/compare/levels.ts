import type { ConsoleClient } from '../../../contract/console/index.ts'
import { COMPARE_PAGE_LIMIT } from '../../../contract/shapes/compare.ts'
import type { Listing } from '../../components/tree/listing.ts'
import type { TreeSource } from '../../components/tree/tree-store.ts'
import { type ChangeFilter, type ChangeRow, isShown, listingOf, rowsOf } from './change-rows.ts'
import type { RollUps } from './roll-ups.ts'
import { NOW, type Sides } from './sides.ts'

export interface LevelsPlace {
  readonly client: ConsoleClient
  readonly hostId: string
  readonly repositoryId: string
  readonly sides: Sides
}

/** A level that a folder's key leads to: where it is, and the listings of both its sides. */
interface Level {
  readonly path: string
  readonly before: string | null
  readonly after: string | null
}

/** The levels of a comparison: each is asked for once, and shown through any filter. */
export class Levels {
  readonly #place: LevelsPlace
  readonly #levels = new Map<string, Promise<readonly ChangeRow[]>>()
  readonly #places = new Map<string, Level>()
  readonly #rows = new WeakMap<Listing, readonly ChangeRow[]>()
  readonly rollUps: RollUps | null

  /** Without roll-ups where the later side is the host now. */
  constructor(place: LevelsPlace, rollUps: RollUps | null) {
    this.#place = place
    this.rollUps = rollUps
    const { before, after } = place.sides
    this.#places.set('/', { path: '', before: before.treeId, after: after === NOW ? null : after.treeId })
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
    return this.rollUps?.of(path) ?? row.rollUp
  }

  /** The listings that both sides have at a folder; null for a side that has none. */
  level(folder: string): Level | undefined {
    return this.#places.get(folder === '' ? '/' : folder)
  }

  async #load(key: string, filter: ChangeFilter): Promise<Listing> {
    const level = this.#places.get(key)
    if (level === undefined) throw new Error('no such level')
    const rows = await this.#read(key, level, !filter.onlyChanges)
    const pathOf = ({ name }: ChangeRow): string => `${level.path}/${name}`
    for (const row of rows) {
      this.#places.set(pathOf(row), { path: pathOf(row), before: row.treeBefore, after: row.treeAfter })
    }
    const shown = rows.filter((row) => isShown(row, filter, this.rollUpOf(row, pathOf(row))))
    const listing = listingOf(shown, pathOf)
    this.#rows.set(listing, shown)
    return listing
  }

  #read(key: string, level: Level, all: boolean): Promise<readonly ChangeRow[]> {
    const name = `${all} ${key}`
    const known = this.#levels.get(name)
    if (known !== undefined) return known
    const reading = this.#ask(level, all)
    this.#levels.set(name, reading)
    reading.catch(() => this.#levels.delete(name))
    return reading
  }

  async #ask({ path, before, after }: Level, all: boolean): Promise<readonly ChangeRow[]> {
    const { client, hostId, repositoryId, sides } = this.#place
    const rows: ChangeRow[] = []
    for (let total = 1; rows.length < total; ) {
      const page = { hostId, repositoryId, offset: rows.length, limit: COMPARE_PAGE_LIMIT, all }
      const answer =
        sides.after === NOW
          ? await client.compare.liveLevel({ ...page, snapshotId: sides.before.id, path: path || '/' })
          : await client.compare.level({ ...page, before, after })
      if (answer.rows.name.length === 0) break
      total = answer.total
      rows.push(...rowsOf(answer.rows))
    }
    return rows
  }
}
