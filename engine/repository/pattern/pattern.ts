import { Automaton } from './automaton.ts'
import { badPattern, literal } from './expression.ts'
import { isPathGlob, parseGlob } from './glob.ts'
import { parseRegularExpression } from './regular-expression.ts'

/** What a person types to find a file. */
export interface PatternText {
  /** `text`: the name holds it. `glob`: as `restic find` takes it. `regular-expression`: the name holds a match. */
  readonly kind: 'text' | 'glob' | 'regular-expression'
  readonly text: string
  readonly ignoreCase: boolean
}

export interface Pattern {
  /** What it is to be held against. */
  readonly of: 'name' | 'path'
  /** In time linear in the text's length, whatever the pattern. */
  matches(text: string, from?: number, to?: number): boolean
}

const LONGEST = 1_000

/** Throws `invalid_input` for a pattern that is empty, too long or not well formed. */
export function compilePattern({ kind, text, ignoreCase }: PatternText): Pattern {
  if (text === '') throw badPattern('pattern_missing')
  if (text.length > LONGEST) throw badPattern('pattern_long', { most: LONGEST })
  const of = kind === 'glob' && isPathGlob(text) ? 'path' : 'name'
  const automaton = new Automaton(PARSERS[kind](text), { ignoreCase })
  return { of, matches: (subject, from, to) => automaton.matches(subject, from, to) }
}

const PARSERS = { text: literal, glob: parseGlob, 'regular-expression': parseRegularExpression } as const
