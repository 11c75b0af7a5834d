import {
  type PastOutcome,
  type PastProof,
  type PastRestoreFilter,
  pastOutcomeSchema,
  pastProofSchema,
  type TargetKind,
  targetKindSchema,
} from '../../../contract/shapes/past-restore.ts'
import { dayAfter, dayBefore, startOfDay } from './local-days.ts'

export const PERIODS = ['any', 'today', 'week', 'month', 'quarter', 'year', 'between'] as const
export type Period = (typeof PERIODS)[number]

/** How many days a period takes back, today among them; null for those that are no number of days. */
export const PERIOD_DAYS: Readonly<Record<Period, number | null>> = {
  any: null,
  today: 1,
  week: 7,
  month: 30,
  quarter: 90,
  year: 365,
  between: null,
}

/** What the list of restores is narrowed by, as the fields hold it. An empty list is no condition. */
export interface RestoreFilters {
  readonly hosts: readonly string[]
  readonly who: readonly string[]
  readonly targets: readonly TargetKind[]
  readonly outcomes: readonly PastOutcome[]
  readonly proofs: readonly PastProof[]
  readonly text: string
  readonly period: Period
  /** Days as `2026-11-21`, both inclusive; empty where there is no bound. */
  readonly from: string
  readonly until: string
}

export const NO_FILTERS: RestoreFilters = {
  hosts: [],
  who: [],
  targets: [],
  outcomes: [],
  proofs: [],
  text: '',
  period: 'any',
  from: '',
  until: '',
}

const KEYS = ['host', 'who', 'target', 'outcome', 'verified', 'text', 'when', 'from', 'until'] as const

/** The filters as an address holds them: plain text, absent where it is the usual. */
export type FilterAddress = { readonly [K in (typeof KEYS)[number]]?: string }

/** What is known of an address, and nothing else that may stand there. */
export function narrowFilters(search: Record<string, unknown>): FilterAddress {
  const known = KEYS.map((key) => [key, search[key]] as const)
  return Object.fromEntries(known.filter(([, value]) => typeof value === 'string' && value !== ''))
}

/** What an address asks for; what it cannot mean is as if it were not there. */
export function readFilters(address: FilterAddress): RestoreFilters {
  return {
    hosts: readList(address.host),
    who: readList(address.who),
    targets: known(targetKindSchema.options, address.target),
    outcomes: known(pastOutcomeSchema.options, address.outcome),
    proofs: known(pastProofSchema.options, address.verified),
    text: address.text ?? '',
    period: PERIODS.find((period) => period === address.when) ?? 'any',
    from: readDay(address.from),
    until: readDay(address.until),
  }
}

/** The address of what is asked for. */
export function writeFilters(filters: RestoreFilters): FilterAddress {
  const { hosts, who, targets, outcomes, proofs, text, period, from, until } = filters
  const isBetween = period === 'between'
  return narrowFilters({
    host: writeList(hosts),
    who: writeList(who),
    target: writeList(targets),
    outcome: writeList(outcomes),
    verified: writeList(proofs),
    text,
    when: period === 'any' ? '' : period,
    from: isBetween ? from : '',
    until: isBetween ? until : '',
  })
}

/** What main is asked for. Days begin where this window is. */
export function filterOf(filters: RestoreFilters, now: Date): PastRestoreFilter {
  const { hosts, who, targets, outcomes, proofs, text } = filters
  return {
    hostIds: [...hosts],
    actors: [...who],
    targets: [...targets],
    outcomes: [...outcomes],
    proofs: [...proofs],
    text: text.trim(),
    ...boundsOf(filters, now),
  }
}

function boundsOf({ period, from, until }: RestoreFilters, now: Date): Pick<PastRestoreFilter, 'from' | 'until'> {
  const days = PERIOD_DAYS[period]
  if (days !== null) return { from: dayBefore(startOfDay(now), days - 1).toISOString(), until: null }
  if (period === 'any') return { from: null, until: null }
  return {
    from: from === '' ? null : localDay(from).toISOString(),
    until: until === '' ? null : dayAfter(localDay(until)).toISOString(),
  }
}

/** Whether two sets of filters ask for the same. */
export function sameFilters(one: RestoreFilters, other: RestoreFilters): boolean {
  return JSON.stringify(writeFilters(one)) === JSON.stringify(writeFilters(other))
}

function localDay(day: string): Date {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date)
}

function readDay(day: string | undefined): string {
  if (day === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return ''
  return Number.isNaN(localDay(day).getTime()) ? '' : day
}

function known<T extends string>(values: readonly T[], list: string | undefined): T[] {
  const asked = readList(list)
  return values.filter((value) => asked.includes(value))
}

function readList(list: string | undefined): string[] {
  if (list === undefined || list === '') return []
  return list.split(',').flatMap((part) => {
    try {
      return [decodeURIComponent(part)]
    } catch {
      return []
    }
  })
}

function writeList(values: readonly string[]): string {
  return values.map(encodeURIComponent).join(',')
}
