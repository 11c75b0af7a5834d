import { baseName } from '../../../../contract/shapes/file-name.ts'
import type { NodeType } from '../../../../contract/shapes/tree.ts'
import type { ResultRow } from './result-rows.ts'
import { factsOf, holdersOf, type PlaceResults, pathFacts, snapshotOf, versionsOf } from './search-results.ts'

/** What stands in the row of a path. */
export interface PathCells {
  readonly name: string
  readonly folder: string
  readonly type: NodeType
  readonly linkTarget: string | null
  readonly size: number
  /** Milliseconds since 1970. */
  readonly modified: number
  readonly versions: number
  readonly snapshots: number
  /** When it was last seen, where newer snapshots of the machine lack it. */
  readonly lastSeen: string | null
}

export function pathCells(place: PlaceResults, path: number): PathCells {
  const facts = pathFacts(place, path)
  const { type, linkTarget, size, modified } = factsOf(place, facts.hit)
  return {
    name: baseName(facts.path),
    folder: facts.path.slice(0, facts.path.lastIndexOf('/')) || '/',
    type,
    linkTarget,
    size,
    modified: Date.parse(modified),
    versions: facts.versions,
    snapshots: facts.snapshots,
    lastSeen: facts.lastSeen,
  }
}

/** What stands in the row of one version. */
export interface VersionCells extends Pick<PathCells, 'type' | 'size' | 'modified' | 'snapshots'> {
  /** When the newest and the oldest snapshot that hold it were made. */
  readonly newest: string
  readonly oldest: string
}

export function versionCells(
  place: PlaceResults,
  { path, version }: Extract<ResultRow, { kind: 'version' }>,
): VersionCells {
  const hit = versionsOf(place, path)[version] ?? 0
  const { type, size, modified } = factsOf(place, hit)
  const { first, count } = holdersOf(place, hit)
  return {
    type,
    size,
    modified: Date.parse(modified),
    snapshots: count,
    newest: snapshotOf(place, hit).time,
    oldest: place.series.time[first] ?? '',
  }
}
