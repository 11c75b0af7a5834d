export const COMMA = 0x2c
export const COLON = 0x3a
export const OPENING_BRACE = 0x7b
export const CLOSING_BRACE = 0x7d
const OPENING_BRACKET = 0x5b
const CLOSING_BRACKET = 0x5d
const QUOTE = 0x22
const BACKSLASH = 0x5c
const PLUS = 0x2b
const MINUS = 0x2d
const DOT = 0x2e
const ZERO = 0x30
const NINE = 0x39
const SMALL_E = 0x65
const LARGE_E = 0x45
const SMALL_U = 0x75
const LITERALS = ['true', 'false', 'null'].map((word) => Buffer.from(word))

/** More nesting than anything that restic writes has. */
const DEEPEST = 32
/** As many digits as a number keeps exactly. */
const MOST_DIGITS = 15

/** 1 for a byte that a string of JSON cannot simply hold: its end, an escape, a control character. */
const ENDS_PLAIN_TEXT = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === QUOTE || byte === BACKSLASH ? 1 : 0,
)
/** 1 for what may follow a backslash, `u` apart. */
const ESCAPES = new Uint8Array(256)
for (const character of '"\\/bfnrt') ESCAPES[character.charCodeAt(0)] = 1

/**
 * Goes through JSON's bytes and makes no value of what nobody wants. It knows the form that restic writes, without blanks:
 * each step is false at the first byte that is otherwise, and the cursor then stands anywhere. What it accepts, any reader
 * of JSON accepts with the same meaning.
 */
export class JsonCursor {
  readonly bytes: Buffer
  at = 0
  /** Whether the last string had escapes. */
  escaped = false
  /** The last number that `whole` passed. */
  number = 0

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  get atEnd(): boolean {
    return this.at === this.bytes.length
  }

  /** Past this byte, if it is the next one. */
  byte(wanted: number): boolean {
    if (this.bytes[this.at] !== wanted) return false
    this.at += 1
    return true
  }

  /** Past these bytes, if they come next. */
  word(word: Buffer): boolean {
    if (!startsWith(this.bytes, this.at, word)) return false
    this.at += word.length
    return true
  }

  /** Past a string; its text stands between the quotes. */
  string(): boolean {
    const { bytes } = this
    const end = bytes.length
    let at = this.at
    if (bytes[at] !== QUOTE) return false
    at += 1
    this.escaped = false
    for (; at < end; at += 1) {
      const byte = bytes[at] ?? 0
      if (ENDS_PLAIN_TEXT[byte] === 0) continue
      if (byte === QUOTE) {
        this.at = at + 1
        return true
      }
      if (byte !== BACKSLASH) return false
      this.escaped = true
      at += 1
      const escape = bytes[at] ?? 0
      if (ESCAPES[escape] === 1) continue
      if (escape !== SMALL_U || !areHexadecimal(bytes, at + 1, at + 5)) return false
      at += 4
    }
    return false
  }

  /** Past a number that is whole and not negative, and is kept exactly. */
  whole(): boolean {
    const { bytes } = this
    const from = this.at
    let at = from
    let number = 0
    for (let byte = bytes[at] ?? 0; byte >= ZERO && byte <= NINE; byte = bytes[at] ?? 0) {
      number = number * 10 + byte - ZERO
      at += 1
    }
    const digits = at - from
    // JSON knows no leading zero.
    if (digits === 0 || digits > MOST_DIGITS || (digits > 1 && bytes[from] === ZERO)) return false
    this.at = at
    this.number = number
    const next = bytes[at]
    return next !== DOT && next !== SMALL_E && next !== LARGE_E
  }

  /** Past any value. */
  value(depth = 0): boolean {
    if (depth > DEEPEST) return false
    const byte = this.bytes[this.at] ?? 0
    if (byte === QUOTE) return this.string()
    if (byte === OPENING_BRACE) return this.#object(depth)
    if (byte === OPENING_BRACKET) return this.#array(depth)
    if (byte === MINUS || (byte >= ZERO && byte <= NINE)) return this.#anyNumber()
    return LITERALS.some((word) => this.word(word))
  }

  #object(depth: number): boolean {
    this.at += 1
    if (this.byte(CLOSING_BRACE)) return true
    do {
      if (!this.string() || !this.byte(COLON) || !this.value(depth + 1)) return false
    } while (this.byte(COMMA))
    return this.byte(CLOSING_BRACE)
  }

  #array(depth: number): boolean {
    this.at += 1
    if (this.byte(CLOSING_BRACKET)) return true
    do {
      if (!this.value(depth + 1)) return false
    } while (this.byte(COMMA))
    return this.byte(CLOSING_BRACKET)
  }

  #anyNumber(): boolean {
    this.byte(MINUS)
    const from = this.at
    if (!this.#digits() || (this.at > from + 1 && this.bytes[from] === ZERO)) return false
    if (this.byte(DOT) && !this.#digits()) return false
    if (!this.byte(SMALL_E) && !this.byte(LARGE_E)) return true
    if (!this.byte(PLUS)) this.byte(MINUS)
    return this.#digits()
  }

  #digits(): boolean {
    const { bytes } = this
    const from = this.at
    let at = from
    for (let byte = bytes[at] ?? 0; byte >= ZERO && byte <= NINE; byte = bytes[at] ?? 0) at += 1
    this.at = at
    return at > from
  }
}

export function startsWith(bytes: Buffer, from: number, word: Buffer): boolean {
  for (let at = 0; at < word.length; at += 1) if (bytes[from + at] !== word[at]) return false
  return true
}

function areHexadecimal(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0
    const isDigit = byte >= ZERO && byte <= NINE
    // Either case of a letter.
    const letter = byte | 0x20
    if (!isDigit && !(letter >= 0x61 && letter <= 0x66)) return false
  }
  return true
}
