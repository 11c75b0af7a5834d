import type { SearchScope } from '../../../contract/console/search.ts'
import type { SearchPattern } from '../../../contract/shapes/search.ts'

export const TYPE_CHOICES = ['files', 'folders', 'links', 'other'] as const
export type TypeChoice = (typeof TYPE_CHOICES)[number]

export const PERIODS = ['any', 'today', 'week', 'month', 'year', 'between'] as const
export type Period = (typeof PERIODS)[number]

/** A repository or a snapshot that the search may be narrowed to; empty where none was given. */
export interface SearchPlace {
  readonly hostId: string
  readonly repositoryId: string
  readonly snapshotId: string
}

/** All that the search screen asks for, as it was entered; an address holds the same. */
export interface SearchForm {
  readonly scope: SearchScope['kind']
  readonly place: SearchPlace
  readonly text: string
  readonly kind: SearchPattern['kind']
  readonly matchCase: boolean
  /** Empty for all. */
  readonly types: readonly TypeChoice[]
  /** As typed: `10 MB`. */
  readonly least: string
  readonly most: string
  readonly period: Period
  /** Days as `2026-11-21`, both inclusive; empty where there is no bound. */
  readonly from: string
  readonly until: string
}

export const EMPTY_FORM: SearchForm = {
  scope: 'everywhere',
  place: { hostId: '', repositoryId: '', snapshotId: '' },
  text: '',
  kind: 'text',
  matchCase: false,
  types: [],
  least: '',
  most: '',
  period: 'any',
  from: '',
  until: '',
}

/** Search values of an address: plain text, absent where it is the usual. */
export type SearchAddress = { readonly [K in (typeof ADDRESS_KEYS)[number]]?: string }

const ADDRESS_KEYS = [
  'in',
  'host',
  'repository',
  'snapshot',
  'text',
  'kind',
  'case',
  'types',
  'least',
  'most',
  'modified',
  'from',
  'until',
] as const

/** What is known of an address, and nothing else that may stand there. */
export function narrowAddress(search: Record<string, unknown>): SearchAddress {
  const known = ADDRESS_KEYS.map((key) => [key, search[key]] as const)
  return Object.fromEntries(known.filter(([, value]) => typeof value === 'string' && value !== ''))
}

/** What an address asks for; what it cannot mean is as if it were not there. */
export function readForm(address: SearchAddress): SearchForm {
  const place = {
    hostId: address.host ?? '',
    repositoryId: address.repository ?? '',
    snapshotId: /^[0-9a-f]{64}$/.test(address.snapshot ?? '') ? (address.snapshot ?? '') : '',
  }
  return {
    scope: readScope(address.in, place),
    place,
    text: address.text ?? '',
    kind: oneOf(['text', 'glob', 'regular-expression'], address.kind) ?? 'text',
    matchCase: address.case === 'match',
    types: TYPE_CHOICES.filter((type) => address.types?.split(',').includes(type)),
    least: address.least ?? '',
    most: address.most ?? '',
    period: oneOf(PERIODS, address.modified) ?? 'any',
    from: address.from ?? '',
    until: address.until ?? '',
  }
}

/** The address of what is asked for. */
export function writeForm(form: SearchForm): SearchAddress {
  const { place, scope, kind, matchCase, types, period } = form
  return narrowAddress({
    in: scope === 'everywhere' ? '' : scope,
    host: place.hostId,
    repository: place.repositoryId,
    snapshot: place.snapshotId,
    // Typed by a person, not taken from a listing: a name that is not UTF-8 does not come here.
    text: form.text,
    kind: kind === 'text' ? '' : kind,
    case: matchCase ? 'match' : '',
    types: types.join(','),
    least: form.least,
    most: form.most,
    modified: period === 'any' ? '' : period,
    from: period === 'between' ? form.from : '',
    until: period === 'between' ? form.until : '',
  })
}

/** Where a link leads that opens the search in a snapshot, a repository, or everywhere; with some text, it is looked for. */
export function searchLink(scope: SearchScope, text = ''): { readonly to: '/search'; readonly search: SearchAddress } {
  const { hostId = '', repositoryId = '' } = scope.kind === 'everywhere' ? {} : scope
  const snapshotId = scope.kind === 'snapshot' ? scope.snapshotId : ''
  const place = { hostId, repositoryId, snapshotId }
  return { to: '/search', search: writeForm({ ...EMPTY_FORM, scope: scope.kind, place, text }) }
}

function readScope(wanted: string | undefined, place: SearchPlace): SearchForm['scope'] {
  if (place.hostId === '' || place.repositoryId === '') return 'everywhere'
  if (wanted === 'snapshot') return place.snapshotId === '' ? 'repository' : 'snapshot'
  return wanted === 'repository' ? 'repository' : 'everywhere'
}

function oneOf<T extends string>(values: readonly T[], value: string | undefined): T | undefined {
  return values.find((known) => known === value)
}
