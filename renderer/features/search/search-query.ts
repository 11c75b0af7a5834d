import { t } from '@lingui/core/macro'
import type { SearchScope } from '../../../contract/console/search.ts'
import type { SearchQuery } from '../../../contract/shapes/search.ts'
import type { NodeType } from '../../../contract/shapes/tree.ts'
import { readSize } from './read-size.ts'
import type { Period, SearchForm, TypeChoice } from './search-form.ts'

export type SearchInput = SearchQuery & { readonly scope: SearchScope }

/** What is wrong with an entry, beside which it is to stand. */
export type Problems = Readonly<Partial<Record<'least' | 'most' | 'from' | 'until', string>>>

export interface SearchRequest {
  /** Null while there is nothing to look for, or something cannot be read. */
  readonly input: SearchInput | null
  readonly problems: Problems
}

/** Paths of each repository after which a search ends. */
export const ONE_PLACE_LIMIT = 10_000
export const EVERYWHERE_LIMIT = 2_000

const TYPES: Readonly<Record<TypeChoice, readonly NodeType[]>> = {
  files: ['file'],
  folders: ['dir'],
  links: ['symlink'],
  other: ['dev', 'chardev', 'fifo', 'socket', 'irregular'],
}

/** What to ask main for; days are those of this computer's clock. */
export function requestOf(form: SearchForm, now: Date): SearchRequest {
  const least = readSize(form.least)
  const most = readSize(form.most)
  const modified = readPeriod(form, now)
  const problems: Record<string, string> = {}
  if (least === undefined) problems['least'] = HOW_A_SIZE
  if (most === undefined) problems['most'] = HOW_A_SIZE
  else if (isLess(most, least)) problems['most'] = t`This is below the minimum.`
  if (modified.from === undefined) problems['from'] = HOW_A_DAY
  if (modified.until === undefined) problems['until'] = HOW_A_DAY
  else if (isLess(modified.until, modified.from)) problems['until'] = t`This is before the first day.`
  const { text, kind, matchCase, types, scope } = form
  if (text === '' || Object.keys(problems).length > 0) return { input: null, problems }
  const input: SearchInput = {
    scope: scopeOf(form),
    pattern: { kind, text, ignoreCase: !matchCase },
    types: types.length === 0 ? null : types.flatMap((type) => TYPES[type]),
    size: { least: least ?? null, most: most ?? null },
    modified: { from: modified.from ?? null, until: modified.until ?? null },
    limit: scope === 'everywhere' ? EVERYWHERE_LIMIT : ONE_PLACE_LIMIT,
  }
  return { input, problems }
}

const HOW_A_SIZE = t`Write it as 10 MB or 1.5G.`
const HOW_A_DAY = t`Write it as 2026-11-21.`

function isLess(value: number | null, than: number | null | undefined): boolean {
  return value !== null && typeof than === 'number' && value < than
}

function scopeOf({ scope, place: { hostId, repositoryId, snapshotId } }: SearchForm): SearchScope {
  if (scope === 'everywhere') return { kind: scope }
  return scope === 'snapshot'
    ? { kind: scope, hostId, repositoryId, snapshotId }
    : { kind: scope, hostId, repositoryId }
}

const DAYS_BACK: Readonly<Record<Exclude<Period, 'any' | 'between'>, number>> = {
  today: 0,
  week: 7,
  month: 30,
  year: 365,
}

/** From a moment, up to before another; null where there is no bound, undefined where a day cannot be read. */
function readPeriod({ period, from, until }: SearchForm, now: Date) {
  if (period === 'any') return { from: null, until: null }
  if (period === 'between') return { from: readDay(from, 0), until: readDay(until, 1) }
  return { from: beginOf(now, -DAYS_BACK[period]), until: null }
}

/** The beginning of a day that was written as `2026-11-21`, and of one some days later. */
function readDay(text: string, later: number): number | null | undefined {
  if (text === '') return null
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null) return undefined
  const [, year, month, day] = match.map(Number)
  const date = new Date(year ?? 0, (month ?? 0) - 1, day)
  return date.getMonth() + 1 === month ? beginOf(date, later) : undefined
}

function beginOf(date: Date, later: number): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + later).getTime()
}
