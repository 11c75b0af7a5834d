import { Turns } from '../turns.ts'
import { MissingFile, type Reading } from './backend.ts'
import type { BlobPlace } from './blob-table.ts'
import { DamagedFile } from './damaged-file.ts'
import { chosenBlobs } from './index-file.ts'
import { printOf } from './index-scan.ts'
import { readTogether } from './read-together.ts'
import { release } from './release.ts'

/** Where index files come from. */
export interface IndexFiles {
  list(reading: Reading): Promise<string[]>
  /** An index file's text. */
  read(id: string, reading: Reading): Promise<Buffer>
}

const AT_ONCE = 4
/** Places of pieces asked for last: a few files as large as may be looked at. */
const REMEMBERED = 4096

/**
 * Where the pieces of files lie. Nine blobs of ten are such pieces and few are ever asked for, so of each only the first
 * four bytes of its id are kept, once somebody asks: they tell which index files are worth reading again.
 */
export class PieceIndex {
  readonly #files: IndexFiles
  readonly #prints = new Map<string, Uint32Array>()
  readonly #remembered = new Map<string, BlobPlace>()
  /** Those who ask at the same time would all read the same index files. */
  readonly #turns = new Turns(1)
  #listed: readonly string[] | undefined

  constructor(files: IndexFiles) {
    this.#files = files
  }

  /** Bytes held for pieces that nobody asked for. */
  get bytes(): number {
    return Array.from(this.#prints.values(), ({ byteLength }) => byteLength).reduce((sum, bytes) => sum + bytes, 0)
  }

  /**
   * A place of each piece; one that no index knows, after looking at those that came meanwhile, is left out. Throws
   * `DamagedFile` when it may stand in an index file that cannot be read.
   */
  async find(ids: readonly string[], reading: Reading): Promise<Map<string, BlobPlace>> {
    return this.#turns.take(async () => {
      const search = new Search(ids)
      for (const id of ids) search.add(id, this.#remembered.get(id))
      if (search.missing) await this.#look(search, this.#listed ?? (await this.#list(reading)), reading)
      if (search.missing) await this.#look(search, await this.#list(reading), reading)
      if (search.missing && search.damage !== undefined) throw search.damage
      const places = search.firstPlaces()
      for (const [id, place] of places) this.#remember(id, place)
      return places
    })
  }

  /** Every place of each piece, as the repository has it now. Throws as `find` does. */
  async findAll(ids: readonly string[], reading: Reading): Promise<ReadonlyMap<string, readonly BlobPlace[]>> {
    return this.#turns.take(async () => {
      for (const id of ids) this.#remembered.delete(id)
      const search = new Search(ids, { all: true })
      await this.#look(search, await this.#list(reading), reading)
      if (search.missing && search.damage !== undefined) throw search.damage
      return search.places
    })
  }

  async #list(reading: Reading): Promise<readonly string[]> {
    const listed = await this.#files.list(reading)
    const there = new Set(listed)
    for (const id of this.#prints.keys()) if (!there.has(id)) this.#prints.delete(id)
    this.#listed = listed
    return listed
  }

  async #look(search: Search, listed: readonly string[], reading: Reading): Promise<void> {
    const likely = listed.filter((id) => search.mayBeIn(this.#prints.get(id)))
    const unknown = listed.filter((id) => !this.#prints.has(id))
    await readTogether([...likely, ...unknown], AT_ONCE, async (id) => {
      if (search.missing || search.all) await this.#lookInto(search, id, reading)
    })
  }

  async #lookInto(search: Search, id: string, reading: Reading): Promise<void> {
    try {
      const text = await this.#files.read(id, reading)
      const prints: number[] = []
      const piece = (print: number): boolean => {
        prints.push(print)
        return search.prints.has(print)
      }
      for (const blob of chosenBlobs(text, `index/${id}`, { trees: false, piece })) search.add(blob.id, blob.place)
      release(text)
      this.#prints.set(id, Uint32Array.from(prints))
    } catch (error) {
      // Pruned meanwhile: what it held stands in another.
      if (error instanceof MissingFile) this.#prints.delete(id)
      else if (error instanceof DamagedFile) search.damage = error
      else throw error
    }
  }

  #remember(id: string, place: BlobPlace): void {
    this.#remembered.delete(id)
    this.#remembered.set(id, place)
    for (const oldest of this.#remembered.keys()) {
      if (this.#remembered.size <= REMEMBERED) break
      this.#remembered.delete(oldest)
    }
  }
}

/** What is looked for, and what was found of it. */
class Search {
  readonly places: ReadonlyMap<string, BlobPlace[]>
  readonly prints: ReadonlySet<number>
  /** True when every place is wanted and not only one of each. */
  readonly all: boolean
  damage: DamagedFile | undefined

  constructor(ids: readonly string[], { all = false } = {}) {
    this.places = new Map(ids.map((id) => [id, []]))
    this.prints = new Set(ids.map((id) => printOf(Buffer.from(id), 0)))
    this.all = all
  }

  get missing(): boolean {
    return [...this.places.values()].some((places) => places.length === 0)
  }

  add(id: string, place: BlobPlace | undefined): void {
    if (place !== undefined) this.places.get(id)?.push(place)
  }

  /** True when an index file with these pieces may have one that is still wanted. */
  mayBeIn(pieces: Uint32Array | undefined): boolean {
    if (pieces === undefined) return false
    const wanted = [...this.places].filter(([, places]) => this.all || places.length === 0)
    return wanted.some(([id]) => pieces.includes(printOf(Buffer.from(id), 0)))
  }

  firstPlaces(): Map<string, BlobPlace> {
    return new Map([...this.places].flatMap(([id, [first]]) => (first === undefined ? [] : [[id, first]])))
  }
}
