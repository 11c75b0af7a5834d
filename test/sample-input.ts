import type { z } from 'zod'

/** Text of each form that the contract asks for, tried in turn. */
const TEXTS = [
  'text',
  '11111111-1111-4111-8111-111111111111',
  'a'.repeat(64),
  'A'.repeat(43),
  '2026-11-21T03:00:00.000Z',
  '/text',
  'db-01.example:7420',
  '22:00',
  'http://127.0.0.1:9',
]

type Def = {
  readonly type: string
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly options?: readonly z.ZodType[]
  readonly innerType?: z.ZodType
  readonly in?: z.ZodType
  readonly element?: z.ZodType
  readonly keyType?: z.ZodType
  readonly valueType?: z.ZodType
  readonly values?: readonly unknown[]
  readonly entries?: Readonly<Record<string, unknown>>
}

/**
 * Inputs that a schema takes: one for each member of its unions, with whatever may be left out or null given. Values
 * of a field that `given` names are those; throws for what it does not know how to make.
 */
export function sampleInputs(schema: z.ZodType, given: Readonly<Record<string, unknown>> = {}): unknown[] {
  const def = schema.def as unknown as Def
  switch (def.type) {
    case 'object':
      return objects(Object.entries(def.shape ?? {}), given)
    case 'union':
      return (def.options ?? []).flatMap((option) => sampleInputs(option, given))
    case 'nullable':
    case 'optional':
    case 'default':
    case 'readonly':
      return def.innerType === undefined ? [] : sampleInputs(def.innerType, given)
    case 'pipe':
      return def.in === undefined ? [] : sampleInputs(def.in, given)
    case 'array':
      return def.element === undefined ? [] : sampleInputs(def.element, given).map((one) => [one])
    case 'record':
      return records(def, given)
    default:
      return [leaf(schema, def)]
  }
}

/** Of each name that the keys can be; of keys that can be anything none is needed. */
function records({ keyType, valueType }: Def, given: Readonly<Record<string, unknown>>): unknown[] {
  const { entries } = (keyType?.def ?? {}) as unknown as Partial<Def>
  if (entries === undefined || valueType === undefined) return [{}]
  return objects(
    Object.values(entries).map((name) => [String(name), valueType]),
    given,
  )
}

function leaf(schema: z.ZodType, { type, values, entries }: Def): unknown {
  const tries = [...(values ?? []), ...Object.values(entries ?? {}), ...TEXTS, 1, 10, true, null, {}]
  const fits = tries.find((one) => schema.safeParse(one).success)
  if (fits === undefined) throw new TypeError(`no sample of ${type} is known: add one to TEXTS`)
  return fits
}

function of(name: string, schema: z.ZodType, given: Readonly<Record<string, unknown>>): unknown[] {
  try {
    return sampleInputs(schema, given)
  } catch (cause) {
    throw new TypeError(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

/** Every union of a field makes more objects; the first of each other field will do. */
function objects(
  fields: readonly (readonly [string, z.ZodType])[],
  given: Readonly<Record<string, unknown>>,
): unknown[] {
  const choices = fields.map(([name, schema]) => {
    return [name, Object.hasOwn(given, name) ? [given[name]] : of(name, schema, given)] as const
  })
  const most = Math.max(1, ...choices.map(([, values]) => values.length))
  return Array.from({ length: most }, (_, at) =>
    Object.fromEntries(choices.map(([name, values]) => [name, values[at % Math.max(1, values.length)]])),
  )
}
