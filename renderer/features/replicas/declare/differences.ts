import type { Declaration } from '../../../../contract/shapes/replica.ts'

/** What things are called that a declaration names by their ids. */
export interface Names {
  consumer(id: string): string
  machine(id: string): string
}

export interface Difference {
  readonly field: keyof Declaration
  readonly label: string
  readonly was: string
  readonly theirs: string
  readonly mine: string
  /** Both have changed it, and not to the same. */
  readonly isContested: boolean
}

const LABELS: Readonly<Record<keyof Declaration, string>> = {
  name: 'Name',
  consumerId: 'Consumer',
  groupId: 'Group',
  machineId: 'Covers',
  type: 'Type',
  intent: 'Intent',
  overdueAfter: 'Bound',
  params: 'Parameters',
  redacts: 'Masks',
  publishesSchemas: 'Publishes schemas',
  migratesOnRequest: 'Migrates on request',
  enabled: 'Enabled',
}

const FIELDS = Object.keys(LABELS) as (keyof Declaration)[]

export interface ThreeSides {
  /** As it was when one began. */
  readonly was: Declaration
  /** As somebody else has made it. */
  readonly theirs: Declaration
  /** As one has typed it. */
  readonly mine: Declaration
}

/** The fields in which the other's is not as it was, or mine is not. */
export function differencesOf({ was, theirs, mine }: ThreeSides, names: Names): readonly Difference[] {
  return FIELDS.filter((field) => !same(was, theirs, field) || !same(was, mine, field)).map((field) => ({
    field,
    label: LABELS[field],
    was: wordsOf(was, field, names),
    theirs: wordsOf(theirs, field, names),
    mine: wordsOf(mine, field, names),
    isContested: !same(was, theirs, field) && !same(was, mine, field) && !same(mine, theirs, field),
  }))
}

/** Theirs, with what was changed here on top. */
export function mergedOf({ was, theirs, mine }: ThreeSides): Declaration {
  const changed = FIELDS.filter((field) => !same(was, mine, field))
  return { ...theirs, ...Object.fromEntries(changed.map((field) => [field, mine[field]])) }
}

function same(a: Declaration, b: Declaration, field: keyof Declaration): boolean {
  return keyOf(a[field]) === keyOf(b[field])
}

function keyOf(value: Declaration[keyof Declaration]): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const set = Object.entries(value).filter(([, each]) => each !== null)
  return JSON.stringify(set.toSorted(([a], [b]) => a.localeCompare(b)))
}

function wordsOf(declaration: Declaration, field: keyof Declaration, names: Names): string {
  switch (field) {
    case 'consumerId':
      return names.consumer(declaration.consumerId)
    case 'machineId':
      return declaration.machineId === null ? 'all machines' : names.machine(declaration.machineId)
    case 'overdueAfter':
      return declaration.overdueAfter ?? 'none'
    case 'params': {
      const set = Object.entries(declaration.params).filter(([, value]) => value !== null)
      return set.length === 0 ? 'none' : set.map(([name, value]) => `${name} = ${value}`).join(', ')
    }
    default: {
      const value = declaration[field]
      return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)
    }
  }
}
