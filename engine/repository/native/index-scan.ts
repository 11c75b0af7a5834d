import type { BlobPlace } from './blob-table.ts'

/** A blob as an index names it. */
export interface IndexedBlob {
  readonly id: string
  readonly place: BlobPlace
}

/** Which blobs of an index are wanted: trees, or pieces of files by the first four bytes of their ids. */
export interface BlobChoice {
  readonly trees: boolean
  /** Asked for every piece, in the order of the index; none is wanted unless given. */
  readonly piece?: (print: number) => boolean
}

export const ALL_TREES: BlobChoice = { trees: true }

const ID_LENGTH = 64
const PRINT_DIGITS = 8
const DIGITS = 0x30
const LETTERS = 0x61
const UINT32 = 0xffff_ffff

const OPENING = Buffer.from('{"packs":[')
const PACK = Buffer.from('{"id":"')
const BLOBS = Buffer.from('","blobs":[')
const TREE = Buffer.from('","type":"tree","offset":')
const DATA = Buffer.from('","type":"data","offset":')
const LENGTH = Buffer.from(',"length":')
const PLAIN_LENGTH = Buffer.from(',"uncompressed_length":')
const CLOSING = Buffer.from(']}')
const NEW_LINE = 0x0a

/**
 * The blobs chosen of an index file in the very form that restic writes: these keys in this order, without blanks. Undefined
 * at the first byte that is otherwise, so what it accepts means the same to any reader of JSON. It makes no value of the
 * others, nine tenths of an index, where JSON.parse would make tens of megabytes of them.
 */
export function scanIndex(text: Buffer, choice: BlobChoice): IndexedBlob[] | undefined {
  return new IndexScan(text, choice).blobs()
}

/** The first four bytes of an id, given as hexadecimal digits at a place of a text. */
export function printOf(text: Buffer, at: number): number {
  let print = 0
  for (let digit = 0; digit < PRINT_DIGITS; digit += 1) {
    const byte = text[at + digit] ?? 0
    print = (print << 4) | (byte < LETTERS ? byte - DIGITS : byte - LETTERS + 10)
  }
  return print >>> 0
}

class IndexScan {
  readonly #text: Buffer
  readonly #choice: BlobChoice
  readonly #blobs: IndexedBlob[] = []
  #at = 0
  #number = 0

  constructor(text: Buffer, choice: BlobChoice) {
    this.#text = text
    this.#choice = choice
  }

  blobs(): IndexedBlob[] | undefined {
    const whole = this.#word(OPENING) && this.#list(() => this.#pack()) && this.#word(CLOSING)
    if (this.#text[this.#at] === NEW_LINE) this.#at += 1
    return whole && this.#at === this.#text.length ? this.#blobs : undefined
  }

  #pack(): boolean {
    const idAt = this.#at + PACK.length
    if (!this.#word(PACK) || !this.#id() || !this.#word(BLOBS)) return false
    const packId = this.#text.toString('latin1', idAt, idAt + ID_LENGTH)
    return this.#list(() => this.#blob(packId)) && this.#word(CLOSING)
  }

  #blob(packId: string): boolean {
    const idAt = this.#at + PACK.length
    if (!this.#word(PACK) || !this.#id()) return false
    const isTree = this.#word(TREE)
    if (!isTree && !this.#word(DATA)) return false
    if (!this.#uint32()) return false
    const offset = this.#number
    if (!this.#word(LENGTH) || !this.#uint32()) return false
    const length = this.#number
    const packed = this.#word(PLAIN_LENGTH)
    if (packed && !this.#uint32()) return false
    const plainLength = packed ? this.#number : 0
    if (!this.#byte('}')) return false
    if (isTree ? this.#choice.trees : this.#choice.piece?.(printOf(this.#text, idAt)) === true) {
      const id = this.#text.toString('latin1', idAt, idAt + ID_LENGTH)
      this.#blobs.push({ id, place: { packId, offset, length, plainLength } })
    }
    return true
  }

  /** One or more, with commas between. The bracket that closes them belongs to `CLOSING`. */
  #list(one: () => boolean): boolean {
    do {
      if (!one()) return false
    } while (this.#byte(','))
    return true
  }

  #word(word: Buffer): boolean {
    for (let at = 0; at < word.length; at += 1) {
      if (this.#text[this.#at + at] !== word[at]) return false
    }
    this.#at += word.length
    return true
  }

  #byte(character: ',' | '}'): boolean {
    if (this.#text[this.#at] !== character.charCodeAt(0)) return false
    this.#at += 1
    return true
  }

  #id(): boolean {
    for (const end = this.#at + ID_LENGTH; this.#at < end; this.#at += 1) {
      const byte = this.#text[this.#at] ?? 0
      const isHexadecimal = (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66)
      if (!isHexadecimal) return false
    }
    return true
  }

  /** JSON knows no leading zero, and neither does this. */
  #uint32(): boolean {
    const from = this.#at
    this.#number = 0
    for (let byte = this.#text[this.#at] ?? 0; byte >= 0x30 && byte <= 0x39; byte = this.#text[this.#at] ?? 0) {
      this.#number = this.#number * 10 + byte - 0x30
      if (this.#number > UINT32) return false
      this.#at += 1
    }
    return this.#at > from && (this.#at === from + 1 || this.#text[from] !== 0x30)
  }
}
