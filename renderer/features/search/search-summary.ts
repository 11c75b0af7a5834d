import { plural, t } from '@lingui/core/macro'
import type { FaultOf } from '../../../contract/errors.ts'
import { Fault } from '../../../contract/errors.ts'
import { refusalWords } from '../../client/refusal-words.ts'
import { formatCount } from '../../components/format.ts'
import type { PlaceResults } from './results/search-results.ts'
import type { SearchRun } from './search-run.ts'

export interface FailedPlace extends Pick<PlaceResults, 'hostId' | 'repositoryId'> {
  readonly fault: FaultOf
}

export interface SearchSummary {
  readonly state: SearchRun['state']
  readonly paths: number
  readonly directories: number
  /** Repositories in which something was found. */
  readonly fruitful: number
  /** Repositories that have been looked through, or could not be. */
  readonly done: number
  readonly failed: readonly FailedPlace[]
  /** Some repositories hold more paths than are shown. */
  readonly isCut: boolean
  /** What the pattern was refused for; null when it was not. */
  readonly patternProblem: string | null
}

/** Details of a search as it stands. */
export function summaryOf({ state, error, results }: Pick<SearchRun, 'state' | 'error' | 'results'>): SearchSummary {
  const { places } = results
  const failed = places.flatMap(({ hostId, repositoryId, fault }) =>
    fault === null ? [] : [{ hostId, repositoryId, fault }],
  )
  return {
    state,
    paths: places.reduce((sum, { paths }) => sum + paths.length, 0),
    directories: places.reduce((sum, { directories }) => sum + directories, 0),
    fruitful: places.filter(({ paths }) => paths.length > 0).length,
    done: places.filter((place) => place.state !== 'looking').length,
    failed,
    isCut: places.some(({ complete }) => !complete),
    patternProblem: patternProblem(error) ?? failed.map(({ fault }) => patternProblem(fault)).find(Boolean) ?? null,
  }
}

function patternProblem(fault: unknown): string | null {
  const isRefusal = fault instanceof Fault || isPlainFault(fault)
  if (!isRefusal || fault.code !== 'invalid_input') return null
  return refusalWords((fault as FaultOf<'invalid_input'>).data.issues)
}

function isPlainFault(fault: unknown): fault is FaultOf {
  return typeof fault === 'object' && fault !== null && 'code' in fault && 'data' in fault
}

/** `4 218 directories, 3 of 9 repositories`; the second only where there are several. */
export function progressWords({ directories, done }: SearchSummary, repositories: number): string {
  const looked = plural(directories, { one: '# directory', other: '# directories' })
  if (repositories <= 1) return looked
  const [some, all] = [formatCount(done), formatCount(repositories)]
  return t`${looked}, ${some} of ${all} repositories`
}

/** Nothing was looked through, and none of it will be. */
export function isFruitless({ state, failed, done, paths }: SearchSummary): boolean {
  return paths === 0 && (state === 'failed' || (state === 'ended' && done > 0 && failed.length === done))
}

/** `312 paths in 2 repositories`. */
export function foundWords(summary: SearchSummary, isGrouped: boolean): string {
  const { paths, fruitful } = summary
  if (isFruitless(summary)) return t`Nothing could be searched`
  if (paths === 0) return t`Nothing found`
  return isGrouped
    ? t`${plural(paths, { one: '# path', other: '# paths' })} in ${plural(fruitful, { one: '# repository', other: '# repositories' })}`
    : plural(paths, { one: '# path', other: '# paths' })
}
