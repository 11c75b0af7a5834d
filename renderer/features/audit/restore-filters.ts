import {
  type PastOutcome,
  type PastProof,
  type PastRestoreFilter,
  pastOutcomeSchema,
  pastProofSchema,
  type TargetKind,
  targetKindSchema,
} from '../../../contract/shapes/past-restore.ts'
import { ANY_TIME, type DateRange, momentsOf, readDateRange, writeDateRange } from '../../components/date-range.ts'

/** What the list of restores is narrowed by, as the fields hold it. An empty list is no condition. */
export interface RestoreFilters {
  readonly hosts: readonly string[]
  readonly who: readonly string[]
  readonly targets: readonly TargetKind[]
  readonly outcomes: readonly PastOutcome[]
  readonly proofs: readonly PastProof[]
  readonly text: string
  readonly when: DateRange
}

export const NO_FILTERS: RestoreFilters = {
  hosts: [],
  who: [],
  targets: [],
  outcomes: [],
  proofs: [],
  text: '',
  when: ANY_TIME,
}

const KEYS = ['host', 'who', 'target', 'outcome', 'verified', 'text', 'when'] as const

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
    when: readDateRange(address.when ?? ''),
  }
}

/** The address of what is asked for. */
export function writeFilters(filters: RestoreFilters): FilterAddress {
  const { hosts, who, targets, outcomes, proofs, text, when } = filters
  return narrowFilters({
    host: writeList(hosts),
    who: writeList(who),
    target: writeList(targets),
    outcome: writeList(outcomes),
    verified: writeList(proofs),
    text,
    when: writeDateRange(when),
  })
}

/** What main is asked for. Days begin where this window is. */
export function filterOf(filters: RestoreFilters, now: Date): PastRestoreFilter {
  const { hosts, who, targets, outcomes, proofs, text, when } = filters
  const { from, to } = momentsOf(when, now)
  return {
    hostIds: [...hosts],
    actors: [...who],
    targets: [...targets],
    outcomes: [...outcomes],
    proofs: [...proofs],
    text: text.trim(),
    from,
    until: to,
  }
}

/** Whether two sets of filters ask for the same. */
export function sameFilters(one: RestoreFilters, other: RestoreFilters): boolean {
  return JSON.stringify(writeFilters(one)) === JSON.stringify(writeFilters(other))
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
