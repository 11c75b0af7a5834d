import { type PlaceResults, type SearchResults, versionsOf } from './search-results.ts'

/** A row of the list: a place, a path that was found there, or one version of it. */
export type ResultRow =
  | { readonly kind: 'place'; readonly place: number }
  | { readonly kind: 'path'; readonly place: number; readonly path: number }
  | { readonly kind: 'version'; readonly place: number; readonly path: number; readonly version: number }

const NONE = -1

/**
 * The rows that are on the screen: which places and paths are open, and where the keyboard is. What is added while a
 * search goes on moves neither the keyboard nor what is open.
 */
export class ResultRows {
  readonly #results: SearchResults
  readonly #grouped: boolean
  readonly #closed = new Set<number>()
  readonly #open = new Map<number, Set<number>>()
  #place = new Int32Array(64)
  #path = new Int32Array(64)
  #version = new Int32Array(64)
  #length = 0
  #active: ResultRow | null = null
  #activePosition = 0
  #scrolled = 0

  /** `grouped`: each place has a row of its own above its paths. */
  constructor(results: SearchResults, { grouped }: { readonly grouped: boolean }) {
    this.#results = results
    this.#grouped = grouped
  }

  get length(): number {
    return this.#length
  }

  get grouped(): boolean {
    return this.#grouped
  }

  /** Pixels of rows above the window. */
  get scrolled(): number {
    return this.#scrolled
  }

  readonly scrollTo = (top: number): void => {
    this.#scrolled = top
  }

  /** The row that the keyboard is on. */
  get activePosition(): number {
    return this.#activePosition
  }

  at(position: number): ResultRow | undefined {
    if (position < 0 || position >= this.#length) return undefined
    const place = this.#place[position] ?? 0
    const path = this.#path[position] ?? NONE
    const version = this.#version[position] ?? NONE
    if (path === NONE) return { kind: 'place', place }
    return version === NONE ? { kind: 'path', place, path } : { kind: 'version', place, path, version }
  }

  isOpen(row: ResultRow): boolean {
    if (row.kind === 'place') return !this.#closed.has(row.place)
    return row.kind === 'path' && this.#open.get(row.place)?.has(row.path) === true
  }

  moveTo(position: number): void {
    const row = this.at(Math.max(0, Math.min(this.#length - 1, position)))
    if (row === undefined) return
    this.#active = row
    this.#activePosition = position
  }

  /** Where a row stands; 0 when it is not on the screen. */
  positionOf(row: ResultRow): number {
    for (let position = 0; position < this.#length; position += 1) if (this.#isAt(position, row)) return position
    return 0
  }

  /** The row that a row belongs to. */
  parentOf(row: ResultRow): ResultRow | null {
    if (row.kind === 'version') return { kind: 'path', place: row.place, path: row.path }
    return row.kind === 'path' && this.#grouped ? { kind: 'place', place: row.place } : null
  }

  /** Open or close a place or a path; the keyboard goes to it when it was on something within. */
  setOpen(row: ResultRow, open: boolean): void {
    if (row.kind === 'version' || this.isOpen(row) === open) return
    if (row.kind === 'place') {
      if (open) this.#closed.delete(row.place)
      else this.#closed.add(row.place)
    } else {
      const paths = this.#open.get(row.place) ?? new Set<number>()
      this.#open.set(row.place, paths)
      if (open) paths.add(row.path)
      else paths.delete(row.path)
    }
    if (!open && this.#active !== null && isWithin(this.#active, row)) this.#active = row
    this.refresh()
  }

  /** After results were added. */
  refresh(): void {
    const active = this.#active
    this.#length = 0
    this.#activePosition = 0
    for (const [place, results] of this.#results.places.entries()) {
      const count = results.paths.length
      if (count === 0) continue
      if (this.#grouped) this.#add(place, NONE, NONE, active)
      if (this.#grouped && this.#closed.has(place)) continue
      this.#addPaths(place, results, active)
    }
    if (active !== null) this.#active = this.at(this.#activePosition) ?? null
  }

  #addPaths(place: number, results: PlaceResults, active: ResultRow | null): void {
    const open = this.#open.get(place)
    for (let path = 0; path < results.paths.length; path += 1) {
      this.#add(place, path, NONE, active)
      if (open === undefined || !open.has(path)) continue
      const { length } = versionsOf(results, path)
      for (let version = 0; version < length; version += 1) this.#add(place, path, version, active)
    }
  }

  #add(place: number, path: number, version: number, active: ResultRow | null): void {
    if (this.#length === this.#place.length) this.#grow()
    const position = this.#length
    this.#place[position] = place
    this.#path[position] = path
    this.#version[position] = version
    this.#length += 1
    if (active !== null && this.#isAt(position, active)) this.#activePosition = position
  }

  #isAt(position: number, row: ResultRow): boolean {
    return (
      this.#path[position] === pathOf(row) &&
      this.#place[position] === row.place &&
      this.#version[position] === versionOf(row)
    )
  }

  #grow(): void {
    this.#place = doubled(this.#place)
    this.#path = doubled(this.#path)
    this.#version = doubled(this.#version)
  }
}

function pathOf(row: ResultRow): number {
  return row.kind === 'place' ? NONE : row.path
}

function versionOf(row: ResultRow): number {
  return row.kind === 'version' ? row.version : NONE
}

function isWithin(row: ResultRow, parent: ResultRow): boolean {
  return row.place === parent.place && (parent.kind === 'place' || pathOf(row) === pathOf(parent))
}

function doubled(column: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(column.length * 2)
  larger.set(column)
  return larger
}
