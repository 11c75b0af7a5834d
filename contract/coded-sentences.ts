import { z } from 'zod'

/** Sentences in English by their codes. `{names}` in them stand for values. */
export type SentenceTable<C extends string = string> = Readonly<Record<C, string>>

type HolesIn<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | HolesIn<Rest> : never
/** What stands in a sentence. */
export type ValuesIn<S extends string> = Readonly<Record<HolesIn<S>, string | number>>
/** Nothing more is said with a sentence that has no holes. */
export type RestOf<S extends string> = keyof ValuesIn<S> extends never ? [] : [values: ValuesIn<S>]

export const valuesSchema = z.record(z.string(), z.union([z.string(), z.number()]))
type Values = z.infer<typeof valuesSchema> | undefined

const HOLE = /\{(\w+)\}/g

/** The codes of a table; whoever is newer has others. */
export function codesOf<C extends string>(table: SentenceTable<C>) {
  return z.enum(Object.keys(table) as [C, ...C[]])
}

/** A sentence with its values. */
export function fill(sentence: string, values: Values): string {
  return sentence.replaceAll(HOLE, (place, name: string) => String(valueOf(values, name) ?? place))
}

/** Whether all is there that the sentence needs. */
export function hasAll(sentence: string, values: Values): boolean {
  return [...sentence.matchAll(HOLE)].every(([, name = '']) => valueOf(values, name) !== undefined)
}

/** What a sentence says by its code, where it alone was kept: of several the one with the most words of its own. */
export function readSentence<C extends string>(
  table: SentenceTable<C>,
  sentence: string,
): { readonly code: C; readonly values: Record<string, string> } | undefined {
  const all = (Object.entries(table) as [C, string][]).flatMap(([code, own]) => {
    const found = patternOf(own).exec(sentence)
    return found === null ? [] : [{ code, values: { ...found.groups }, words: own.replaceAll(HOLE, '').length }]
  })
  const [best] = all.sort((left, right) => right.words - left.words)
  return best && { code: best.code, values: best.values }
}

function patternOf(sentence: string): RegExp {
  const seen = new Set<string>()
  const parts = sentence.split(HOLE).map((part, at) => {
    if (at % 2 === 0) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    if (seen.has(part)) return `\\k<${part}>`
    seen.add(part)
    return `(?<${part}>.+?)`
  })
  return new RegExp(`^${parts.join('')}$`, 's')
}

function valueOf(values: Values, name: string): string | number | undefined {
  return values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined
}
