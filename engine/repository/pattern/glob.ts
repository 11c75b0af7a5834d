import {
  anyNumberOf,
  anyOf,
  badPattern,
  type CharacterSet,
  character,
  type Expression,
  isOne,
  literal,
  not,
  range,
  sequence,
} from './expression.ts'

const NOT_SLASH = character(not(isOne('/')))
const FOLDER = sequence(literal('/'), anyNumberOf(NOT_SLASH))

/** True when a glob is about the whole path, not about the name alone. */
export function isPathGlob(text: string): boolean {
  return text.includes('/')
}

/**
 * A glob as `restic find` takes it (Go's `filepath.Match`): `*` and `?` stop at a slash, `[a-z]`, `[^a-z]`, `\*`. With a
 * slash in it, it is about whole paths: `/etc/*.conf` from the root, `etc/*.conf` at any depth, `**` for any number of
 * folders. Throws `invalid_input`.
 */
export function parseGlob(text: string): Expression {
  if (!isPathGlob(text)) return sequence({ kind: 'start' }, parseName(text), { kind: 'end' })
  const fromRoot = text.startsWith('/')
  const names = text.split('/').filter((name) => name !== '')
  if (names.length === 0) throw badPattern('pattern_empty_path')
  const parts = names.map((name) => (name === '**' ? anyNumberOf(FOLDER) : sequence(literal('/'), parseName(name))))
  return sequence(...(fromRoot ? [{ kind: 'start' } as const] : []), ...parts, { kind: 'end' })
}

function parseName(text: string): Expression {
  const characters = Array.from(text)
  const parts: Expression[] = []
  for (let at = 0; at < characters.length; ) {
    const one = characters[at] ?? ''
    at += 1
    if (one === '*') parts.push(anyNumberOf(NOT_SLASH))
    else if (one === '?') parts.push(NOT_SLASH)
    else if (one === '[') {
      const { set, end } = parseSet(characters, at)
      parts.push(character(set))
      at = end
    } else if (one === '\\') {
      parts.push(literal(escaped(characters, at)))
      at += 1
    } else parts.push(literal(one))
  }
  return sequence(...parts)
}

/** From after the opening bracket to after the closing one. */
function parseSet(characters: readonly string[], from: number): { set: CharacterSet; end: number } {
  const negated = characters[from] === '^'
  const sets: CharacterSet[] = []
  let at = negated ? from + 1 : from
  const take = (): string => {
    const one = characters[at]
    if (one === undefined || one === '-' || one === ']') throw badPattern('bracket_open_or_empty')
    at += 1
    if (one !== '\\') return one
    at += 1
    return escaped(characters, at - 1)
  }
  do {
    const first = take()
    if (characters[at] === '-') {
      at += 1
      sets.push(range(first, take()))
    } else sets.push(isOne(first))
  } while (characters[at] !== ']')
  const set = anyOf(sets)
  return { set: negated ? not(set) : set, end: at + 1 }
}

function escaped(characters: readonly string[], at: number): string {
  const one = characters[at]
  if (one === undefined) throw badPattern('pattern_ends_in_backslash')
  return one
}
