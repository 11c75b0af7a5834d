import { type Fault, refused } from '../../../contract/errors.ts'
import type { RefusalCode, ValuesFor } from '../../../contract/refusals.ts'

/** True for the characters (Unicode code points) that it stands for. */
export type CharacterSet = (character: number) => boolean

/** What a pattern says, whichever way it was written. It is looked for anywhere in the text, unless `start` and `end` hold it. */
export type Expression =
  | { readonly kind: 'character'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly parts: readonly Expression[] }
  | { readonly kind: 'choice'; readonly options: readonly Expression[] }
  | { readonly kind: 'repeat'; readonly of: Expression; readonly least: number; readonly most: number | null }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }

export const ANY: CharacterSet = () => true

export function sequence(...parts: readonly Expression[]): Expression {
  return { kind: 'sequence', parts }
}

export function character(set: CharacterSet): Expression {
  return { kind: 'character', set }
}

export function anyNumberOf(of: Expression): Expression {
  return { kind: 'repeat', of, least: 0, most: null }
}

/** A text as it stands. */
export function literal(text: string): Expression {
  return sequence(...Array.from(text, (one) => character(isOne(one))))
}

export function isOne(one: string): CharacterSet {
  const wanted = one.codePointAt(0)
  return (found) => found === wanted
}

export function range(from: string, to: string): CharacterSet {
  const [least = 0, most = 0] = [from.codePointAt(0), to.codePointAt(0)]
  return (found) => found >= least && found <= most
}

export function not(set: CharacterSet): CharacterSet {
  return (found) => !set(found)
}

export function anyOf(sets: readonly CharacterSet[]): CharacterSet {
  return (found) => sets.some((set) => set(found))
}

/** The refusal of a pattern that says nothing, or nothing that we know. */
export function badPattern<C extends RefusalCode>(code: C, ...values: ValuesFor<C>): Fault {
  return refused(['pattern'], code, ...values)
}
