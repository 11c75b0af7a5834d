import { isAscii, isUtf8 } from 'node:buffer'
import { type NodeType, nodeTypeSchema } from '../../contract/shapes/tree.ts'
import { CLOSING_BRACE, COLON, COMMA, JsonCursor, OPENING_BRACE, startsWith } from './json-cursor.ts'

const OPENING = Buffer.from('{"nodes":[')
const CLOSING = Buffer.from(']}')
const NONE = Buffer.from('{"nodes":null}')
const NULL = Buffer.from('null')
const NEW_LINE = 0x0a
const ID_LENGTH = 64

const NAME = Buffer.from('name')
const TYPE = Buffer.from('type')
const MODE = Buffer.from('mode')
const SIZE = Buffer.from('size')
const MTIME = Buffer.from('mtime')
const SUBTREE = Buffer.from('subtree')
const LINK_TARGET = Buffer.from('linktarget')
const LINK_TARGET_RAW = Buffer.from('linktarget_raw')

const TYPES: readonly (readonly [NodeType, Buffer])[] = nodeTypeSchema.options.map((type) => [type, Buffer.from(type)])

/** Where a text stands among the bytes, without its quotes. `from` is 0 where there is none. */
export interface TextPlace {
  from: number
  to: number
  /** It is spelt with JSON's escapes. */
  escaped: boolean
}

/**
 * The nodes of a directory in the very form that restic writes, without blanks; keys may come in any order, unknown ones
 * hold anything. It goes from node to node and has of each what a listing shows, most of it only as a place among the bytes:
 * a value is made of what the reader takes. Where it finds another form it stops, and whoever reads values must decide.
 */
export class NodeScan {
  readonly bytes: Buffer
  readonly #encoding: 'latin1' | 'utf8'
  type: NodeType = 'irregular'
  size = 0
  /** As Go has it. */
  mode = 0
  /** The whole node. */
  from = 0
  to = 0
  readonly name: TextPlace = { from: 0, to: 0, escaped: false }
  readonly modified: TextPlace = { from: 0, to: 0, escaped: false }
  readonly linkTarget: TextPlace = { from: 0, to: 0, escaped: false }
  readonly rawLinkTarget: TextPlace = { from: 0, to: 0, escaped: false }
  /** Where the 64 digits of its listing's id begin; 0 where it has none. */
  subtree = 0
  readonly #cursor: JsonCursor
  #hasType = false

  constructor(bytes: Buffer) {
    this.bytes = bytes
    // The same text, and read in half the time.
    this.#encoding = isAscii(bytes) ? 'latin1' : 'utf8'
    this.#cursor = new JsonCursor(bytes)
  }

  /** Calls `onNode` for each; false where the form is another, or `onNode` says so. What it said till then counts for nothing. */
  each(onNode: (node: NodeScan) => boolean): boolean {
    const cursor = this.#cursor
    if (!isUtf8(this.bytes)) return false
    if (cursor.word(NONE)) return this.#atEnd()
    if (!cursor.word(OPENING)) return false
    if (cursor.word(CLOSING)) return this.#atEnd()
    do {
      if (!this.#node() || !onNode(this)) return false
    } while (cursor.byte(COMMA))
    return cursor.word(CLOSING) && this.#atEnd()
  }

  /** What stands at a place. */
  textAt({ from, to, escaped }: TextPlace): string {
    if (!escaped) return this.bytes.toString(this.#encoding, from, to)
    // Its quotes with it, and checked: a string and nothing else.
    return String(JSON.parse(this.bytes.toString('utf8', from - 1, to + 1)))
  }

  /** The id of its listing; null where it has none. */
  get subtreeId(): string | null {
    const { subtree } = this
    return subtree === 0 ? null : this.bytes.toString('latin1', subtree, subtree + ID_LENGTH)
  }

  #atEnd(): boolean {
    this.#cursor.byte(NEW_LINE)
    return this.#cursor.atEnd
  }

  #node(): boolean {
    const cursor = this.#cursor
    this.#forget()
    this.from = cursor.at
    if (!cursor.byte(OPENING_BRACE)) return false
    do {
      const keyAt = cursor.at + 1
      if (!cursor.string() || cursor.escaped) return false
      const length = cursor.at - 1 - keyAt
      if (!cursor.byte(COLON) || !this.#field(keyAt, length)) return false
    } while (cursor.byte(COMMA))
    if (!cursor.byte(CLOSING_BRACE)) return false
    this.to = cursor.at
    return this.name.from > 0 && this.modified.from > 0 && this.#hasType
  }

  #forget(): void {
    this.size = 0
    this.mode = 0
    this.subtree = 0
    this.#hasType = false
    this.name.from = 0
    this.modified.from = 0
    this.linkTarget.from = 0
    this.rawLinkTarget.from = 0
  }

  /** The length tells most keys apart that nobody asks for. */
  #field(key: number, length: number): boolean {
    const { bytes } = this
    switch (length) {
      case NAME.length:
        if (startsWith(bytes, key, NAME)) return this.#text(this.name)
        if (startsWith(bytes, key, TYPE)) return this.#type()
        if (startsWith(bytes, key, MODE)) return this.#mode()
        if (startsWith(bytes, key, SIZE)) return this.#size()
        break
      case MTIME.length:
        if (startsWith(bytes, key, MTIME)) return this.#text(this.modified)
        break
      case SUBTREE.length:
        if (startsWith(bytes, key, SUBTREE)) return this.#subtree()
        break
      case LINK_TARGET.length:
        if (startsWith(bytes, key, LINK_TARGET)) return this.#text(this.linkTarget)
        break
      case LINK_TARGET_RAW.length:
        if (startsWith(bytes, key, LINK_TARGET_RAW)) return this.#text(this.rawLinkTarget)
        break
    }
    return this.#cursor.value()
  }

  #text(place: TextPlace): boolean {
    const cursor = this.#cursor
    place.from = cursor.at + 1
    if (!cursor.string()) return false
    place.to = cursor.at - 1
    place.escaped = cursor.escaped
    return true
  }

  #type(): boolean {
    const cursor = this.#cursor
    const from = cursor.at + 1
    if (!cursor.string() || cursor.escaped) return false
    const length = cursor.at - 1 - from
    this.type = 'irregular'
    for (const [type, word] of TYPES) {
      if (word.length === length && startsWith(this.bytes, from, word)) {
        this.type = type
        break
      }
    }
    this.#hasType = true
    return true
  }

  #mode(): boolean {
    const passed = this.#cursor.whole()
    this.mode = this.#cursor.number
    return passed
  }

  #size(): boolean {
    const passed = this.#cursor.whole()
    this.size = this.#cursor.number
    return passed
  }

  #subtree(): boolean {
    const cursor = this.#cursor
    this.subtree = 0
    if (cursor.word(NULL)) return true
    const from = cursor.at + 1
    if (!cursor.string() || cursor.at - 1 - from !== ID_LENGTH || !isId(this.bytes, from)) return false
    this.subtree = from
    return true
  }
}

function isId(bytes: Buffer, from: number): boolean {
  for (let at = from; at < from + ID_LENGTH; at += 1) {
    const byte = bytes[at] ?? 0
    if (!((byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66))) return false
  }
  return true
}
