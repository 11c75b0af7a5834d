import type { PlacedSearchEvent } from '../../../../contract/console/search.ts'
import type { FaultOf } from '../../../../contract/errors.ts'
import type { HitColumns, Series } from '../../../../contract/shapes/search.ts'
import type { NodeFacts } from '../../../../contract/shapes/tree.ts'

/** What one repository told. Hits stay in columns: there may be a hundred thousand. */
export interface PlaceResults {
  readonly hostId: string
  readonly repositoryId: string
  state: 'looking' | 'ended' | 'failed'
  /** Why it failed. */
  fault: FaultOf | null
  /** False when the limit ended it. */
  complete: boolean
  directories: number
  series: Series
  /** The newest snapshot of each machine, by its position in the series. */
  newest: ReadonlyMap<string, number>
  hits: HitColumns
  /** For each path its first hit; the hits of one path stand together. */
  readonly paths: number[]
}

/** What is said of a found path. */
export interface PathFacts {
  readonly path: string
  /** The newest state of what is there. */
  readonly hit: number
  readonly versions: number
  readonly snapshots: number
  /** When the newest snapshot that holds it was made, where newer ones of the same machine do not; else null. */
  readonly lastSeen: string | null
}

/** All that a search has found so far, by place in the order in which they first told something. */
export class SearchResults {
  readonly places: PlaceResults[] = []
  readonly #byPlace = new Map<string, PlaceResults>()

  take({ hostId, repositoryId, event }: PlacedSearchEvent): void {
    const place = this.#placeOf(hostId, repositoryId)
    switch (event.kind) {
      case 'begun':
        return begin(place, event.series)
      case 'found':
        return append(place, event.hits)
      case 'looked':
        place.directories = event.directories
        return
      case 'ended':
        place.state = 'ended'
        place.directories = event.directories
        place.complete = event.complete
        return
      case 'failed':
        place.state = 'failed'
        place.fault = event.fault
    }
  }

  #placeOf(hostId: string, repositoryId: string): PlaceResults {
    const key = JSON.stringify([hostId, repositoryId])
    const known = this.#byPlace.get(key)
    if (known !== undefined) return known
    const place = emptyPlace(hostId, repositoryId)
    this.#byPlace.set(key, place)
    this.places.push(place)
    return place
  }
}

function emptyPlace(hostId: string, repositoryId: string): PlaceResults {
  return {
    hostId,
    repositoryId,
    state: 'looking',
    fault: null,
    complete: true,
    directories: 0,
    series: { id: [], time: [], hostname: [], treeId: [] },
    newest: new Map(),
    hits: noHits(),
    paths: [],
  }
}

function noHits(): HitColumns {
  return { path: [], type: [], size: [], modified: [], mode: [], treeId: [], linkTarget: [], held: [] }
}

/** Also of a place that had begun: its search is repeated after a lost connection, and tells all anew. */
function begin(place: PlaceResults, series: Series): void {
  place.state = 'looking'
  place.fault = null
  place.series = series
  place.newest = new Map(series.hostname.map((hostname, position) => [hostname, position]))
  place.hits = noHits()
  place.paths.length = 0
}

function append({ hits, paths }: PlaceResults, found: HitColumns): void {
  const before = hits.path.length
  for (const [at, path] of found.path.entries())
    if (path !== (found.path[at - 1] ?? hits.path.at(-1))) paths.push(before + at)
  for (const [key, column] of Object.entries(found) as [keyof HitColumns, unknown[]][]) {
    const into: unknown[] = hits[key]
    // Not spread into one call: a column may be longer than a call's arguments.
    for (const value of column) into.push(value)
  }
}

/** One hit as the facts of a node. */
export function factsOf({ hits }: PlaceResults, hit: number): NodeFacts {
  return {
    type: hits.type[hit] ?? 'irregular',
    size: hits.size[hit] ?? 0,
    modified: hits.modified[hit] ?? '',
    mode: hits.mode[hit] ?? 0,
    treeId: hits.treeId[hit] ?? null,
    linkTarget: hits.linkTarget[hit] ?? null,
  }
}

/** The position in the series of the newest snapshot that holds a hit, of the oldest, and how many do. */
export function holdersOf({ hits }: PlaceResults, hit: number): { first: number; last: number; count: number } {
  const held = hits.held[hit] ?? []
  let count = 0
  for (let at = 0; at < held.length; at += 2) count += (held[at + 1] ?? 0) - (held[at] ?? 0) + 1
  return { first: held[0] ?? 0, last: held.at(-1) ?? 0, count }
}

/** The hits of one path, the state that is found in the newest snapshot first. */
export function versionsOf(place: PlaceResults, path: number): readonly number[] {
  const first = place.paths[path] ?? 0
  const end = place.paths[path + 1] ?? place.hits.path.length
  return Array.from({ length: end - first }, (_, at) => first + at).sort(
    (a, b) => holdersOf(place, b).last - holdersOf(place, a).last,
  )
}

export function pathFacts(place: PlaceResults, path: number): PathFacts {
  const versions = versionsOf(place, path)
  const hit = versions[0] ?? 0
  const { last } = holdersOf(place, hit)
  const newest = place.newest.get(place.series.hostname[last] ?? '') ?? last
  return {
    path: place.hits.path[hit] ?? '',
    hit,
    versions: versions.length,
    snapshots: versions.reduce((sum, version) => sum + holdersOf(place, version).count, 0),
    lastSeen: newest > last ? (place.series.time[last] ?? null) : null,
  }
}

/** The newest snapshot that holds a hit. */
export function snapshotOf(place: PlaceResults, hit: number) {
  const { last } = holdersOf(place, hit)
  const { id, time, treeId } = place.series
  return { id: id[last] ?? '', time: time[last] ?? '', treeId: treeId[last] ?? '' }
}
