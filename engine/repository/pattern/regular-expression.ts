import {
  ANY,
  anyOf,
  badPattern,
  type CharacterSet,
  character,
  type Expression,
  isOne,
  not,
  range,
  sequence,
} from './expression.ts'

const MOST_REPEATS = 1_000
const DEEPEST = 50

type RefusalOfEnd = 'pattern_ends_early' | 'pattern_ends_in_backslash' | 'bracket_open'

const digit = range('0', '9')
const word = anyOf([digit, range('a', 'z'), range('A', 'Z'), isOne('_')])
const space = anyOf([range('\t', '\r'), isOne(' '), isOne('\u00a0'), isOne('\ufeff'), range('\u2000', '\u200a')])

const CLASSES: Readonly<Record<string, CharacterSet>> = {
  d: digit,
  D: not(digit),
  w: word,
  W: not(word),
  s: space,
  S: not(space),
}
const CONTROLS: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v' }

/**
 * A regular expression: `. [a-z] [^a-z] \d \w \s \xHH \uHHHH ( ) (?: ) | * + ? {n,m} ^ $`, a dot for any character. What
 * cannot be followed in linear time (back references, looking ahead or behind) is refused, as RE2 does. Throws
 * `invalid_input`.
 */
export function parseRegularExpression(text: string): Expression {
  const reader = new ExpressionReader(Array.from(text))
  return reader.whole()
}

class ExpressionReader {
  readonly #characters: readonly string[]
  #at = 0
  #depth = 0

  constructor(characters: readonly string[]) {
    this.#characters = characters
  }

  whole(): Expression {
    const expression = this.#choice()
    if (this.#at < this.#characters.length) throw badPattern('parenthesis_unopened')
    return expression
  }

  #choice(): Expression {
    const options = [this.#sequence()]
    while (this.#took('|')) options.push(this.#sequence())
    return { kind: 'choice', options }
  }

  #sequence(): Expression {
    const parts: Expression[] = []
    for (let next = this.#peek(); next !== undefined && next !== '|' && next !== ')'; next = this.#peek()) {
      parts.push(this.#repeated(this.#atom()))
    }
    return sequence(...parts)
  }

  #repeated(of: Expression): Expression {
    const times = this.#times()
    if (times === undefined) return of
    // Lazy or not, it is found in the same texts.
    this.#took('?')
    if (this.#times() !== undefined) throw badPattern('nothing_to_repeat')
    return { kind: 'repeat', of, ...times }
  }

  #times(): { least: number; most: number | null } | undefined {
    if (this.#took('*')) return { least: 0, most: null }
    if (this.#took('+')) return { least: 1, most: null }
    if (this.#took('?')) return { least: 0, most: 1 }
    const counted = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(this.#characters.slice(this.#at, this.#at + 12).join(''))
    if (counted === null) return undefined
    this.#at += counted[0].length
    const least = Number(counted[1])
    const bound = counted[3] === '' ? null : Number(counted[3] ?? least)
    const most = counted[2] === undefined ? least : bound
    if (least > MOST_REPEATS || (most !== null && (most > MOST_REPEATS || most < least))) {
      throw badPattern('repeated_too_often', { most: MOST_REPEATS })
    }
    return { least, most }
  }

  #atom(): Expression {
    const one = this.#take()
    if (one === '.') return character(ANY)
    if (one === '^') return { kind: 'start' }
    if (one === '$') return { kind: 'end' }
    if (one === '[') return character(this.#set())
    if (one === '(') return this.#group()
    if (one === '\\') return character(this.#escape())
    if (one === '*' || one === '+' || one === '?') throw badPattern('nothing_to_repeat')
    return character(isOne(one))
  }

  #group(): Expression {
    if (this.#took('?') && !this.#took(':')) throw badPattern('looking_around')
    this.#depth += 1
    if (this.#depth > DEEPEST) throw badPattern('parentheses_deep')
    const inside = this.#choice()
    this.#depth -= 1
    if (!this.#took(')')) throw badPattern('parenthesis_open')
    return inside
  }

  #set(): CharacterSet {
    const negated = this.#took('^')
    const sets: CharacterSet[] = []
    while (!this.#took(']')) sets.push(this.#setMember())
    const set = anyOf(sets)
    return negated ? not(set) : set
  }

  #setMember(): CharacterSet {
    const first = this.#setCharacter()
    if (typeof first === 'function') return first
    const isRange = this.#peek() === '-' && this.#characters[this.#at + 1] !== ']'
    if (!isRange) return isOne(first)
    this.#at += 1
    const last = this.#setCharacter()
    if (typeof last === 'function' || (last.codePointAt(0) ?? 0) < (first.codePointAt(0) ?? 0)) {
      throw badPattern('range_reversed')
    }
    return range(first, last)
  }

  #setCharacter(): string | CharacterSet {
    const one = this.#take('bracket_open')
    if (one !== '\\') return one
    const escaped = this.#take()
    return CLASSES[escaped] ?? this.#escapedCharacter(escaped)
  }

  #escape(): CharacterSet {
    const one = this.#take('pattern_ends_in_backslash')
    return CLASSES[one] ?? isOne(this.#escapedCharacter(one))
  }

  #escapedCharacter(one: string): string {
    if (one === 'x') return this.#byCode(2)
    if (one === 'u') return this.#byCode(4)
    const control = CONTROLS[one]
    if (control !== undefined) return control
    if (/[0-9A-Za-z]/.test(one)) throw badPattern('escape_unknown', { escape: `\\${one}` })
    return one
  }

  #byCode(digits: number): string {
    const code = this.#characters.slice(this.#at, this.#at + digits).join('')
    if (code.length !== digits || !/^[0-9A-Fa-f]+$/.test(code)) throw badPattern('character_code')
    this.#at += digits
    return String.fromCodePoint(Number.parseInt(code, 16))
  }

  #peek(): string | undefined {
    return this.#characters[this.#at]
  }

  #take(otherwise: RefusalOfEnd = 'pattern_ends_early'): string {
    const one = this.#peek()
    if (one === undefined) throw badPattern(otherwise)
    this.#at += 1
    return one
  }

  #took(one: string): boolean {
    if (this.#peek() !== one) return false
    this.#at += 1
    return true
  }
}
