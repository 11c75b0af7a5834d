import { t } from '@lingui/core/macro'
import type { Declaration } from '../../../../contract/shapes/replica.ts'

/** What things are called that a declaration names by their ids. */
export interface Names {
  consumer(id: string): string
  machine(id: string): string
}

export interface Difference {
  readonly field: string
  readonly label: string
  readonly was: string
  readonly theirs: string
  readonly mine: string
  /** Both have changed it, and not to the same. */
  readonly isContested: boolean
}

type Field = Exclude<keyof Declaration, 'params'>

const LABELS: Readonly<Record<Field, string>> = {
  name: t`Name`,
  consumerId: t`Consumer`,
  groupId: t`Group`,
  machineId: t`Covers`,
  type: t`Type`,
  intent: t`Intent`,
  overdueAfter: t`Bound`,
  redacts: t`Masks`,
  publishesSchemas: t`Publishes schemas`,
  migratesOnRequest: t`Migrates on request`,
  enabled: t`Enabled`,
}

const FIELDS = Object.keys(LABELS) as Field[]

export interface ThreeSides {
  /** As it was when one began. */
  readonly was: Declaration
  /** As somebody else has made it. */
  readonly theirs: Declaration
  /** As one has typed it. */
  readonly mine: Declaration
}

/** The fields and parameters in which the other's is not as it was, or mine is not. */
export function differencesOf(sides: ThreeSides, names: Names): readonly Difference[] {
  const fields = FIELDS.map((field) => ({
    field,
    label: LABELS[field],
    wordsIn: (declaration: Declaration) => wordsOf(declaration, field, names),
  }))
  const params = paramNames(sides).map((name) => ({
    field: `params ${name}`,
    label: name,
    wordsIn: ({ params: set }: Declaration) => ((set[name] ?? null) === null ? t`not set` : String(set[name])),
  }))
  return [...fields, ...params]
    .map(({ field, label, wordsIn }) => {
      const [was, theirs, mine] = [wordsIn(sides.was), wordsIn(sides.theirs), wordsIn(sides.mine)]
      return { field, label, was, theirs, mine, isContested: was !== theirs && was !== mine && mine !== theirs }
    })
    .filter(({ was, theirs, mine }) => was !== theirs || was !== mine)
}

/** Theirs, with what was changed here on top: field by field, and parameter by parameter. */
export function mergedOf(sides: ThreeSides): Declaration {
  const { was, theirs, mine } = sides
  const changed = FIELDS.filter((field) => was[field] !== mine[field])
  const params = paramNames(sides).flatMap((name) => {
    const value = (was.params[name] ?? null) === (mine.params[name] ?? null) ? theirs.params[name] : mine.params[name]
    return value === undefined ? [] : [[name, value]]
  })
  return {
    ...theirs,
    ...Object.fromEntries(changed.map((field) => [field, mine[field]])),
    params: Object.fromEntries(params),
  }
}

function paramNames({ was, theirs, mine }: ThreeSides): string[] {
  const all = [was, theirs, mine].flatMap(({ params }) => Object.keys(params))
  return [...new Set(all)].toSorted((a, b) => a.localeCompare(b))
}

function wordsOf(declaration: Declaration, field: Field, names: Names): string {
  switch (field) {
    case 'consumerId':
      return names.consumer(declaration.consumerId)
    case 'machineId':
      return declaration.machineId === null ? t`all machines` : names.machine(declaration.machineId)
    case 'overdueAfter':
      return declaration.overdueAfter ?? t`none`
    default: {
      const value = declaration[field]
      return typeof value === 'boolean' ? (value ? t`yes` : t`no`) : value
    }
  }
}
