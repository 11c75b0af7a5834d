import type { NodeFacts } from '../../../../contract/shapes/tree.ts'
import type { ResultRow } from './result-rows.ts'
import { factsOf, pathFacts, type SearchResults, snapshotOf, versionsOf } from './search-results.ts'

/** What can be acted on: a path in the newest snapshot that holds it so. */
export interface ResultSubject {
  readonly place: { readonly hostId: string; readonly repositoryId: string; readonly snapshotId: string }
  readonly rootTreeId: string
  readonly path: string
  readonly facts: NodeFacts
}

/** What a row is about: a version of its own, or the newest of its path; nothing for a place. */
export function subjectOf(results: SearchResults, row: ResultRow | undefined): ResultSubject | null {
  const place = row === undefined ? undefined : results.places[row.place]
  if (place === undefined || row === undefined || row.kind === 'place') return null
  const hit = row.kind === 'path' ? pathFacts(place, row.path).hit : versionsOf(place, row.path)[row.version]
  if (hit === undefined) return null
  const { hostId, repositoryId, hits } = place
  const { id, treeId } = snapshotOf(place, hit)
  return {
    place: { hostId, repositoryId, snapshotId: id },
    rootTreeId: treeId,
    path: hits.path[hit] ?? '',
    facts: factsOf(place, hit),
  }
}
