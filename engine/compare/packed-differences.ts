import { changeKindSchema } from '../../contract/shapes/compare.ts'
import { nodeTypeSchema, type NodeFacts } from '../../contract/shapes/tree.ts'
import type { Change } from './change.ts'
import type { Difference } from './difference.ts'

const KINDS = changeKindSchema.options as readonly Change['kind'][]
const TYPES = nodeTypeSchema.options
const BIT_ROT = 0x80
const NO_SIDE = 0xff
const ID_BYTES = 32
const ONE_BYTE_A_CHARACTER = /^[\0-\xff]*$/

/** Differences as bytes, about 180 each, in their order. */
export function packDifferences(differences: readonly Difference[]): Buffer {
  const to = new Writer()
  for (const { name, change, before, after, holds } of differences) {
    to.byte(KINDS.indexOf(change.kind) | (change.bitRot ? BIT_ROT : 0))
    to.text(name)
    to.id(holds)
    writeSide(to, before)
    writeSide(to, after)
  }
  return to.written()
}

export function unpackDifferences(packed: Buffer): Difference[] {
  const from = new Reader(packed)
  const differences: Difference[] = []
  while (from.isLeft()) {
    const first = from.byte()
    const change = { kind: KINDS[first & ~BIT_ROT] ?? 'same', bitRot: (first & BIT_ROT) !== 0 }
    differences.push({ change, name: from.text(), holds: from.id(), before: readSide(from), after: readSide(from) })
  }
  return differences
}

function writeSide(to: Writer, side: NodeFacts | null): void {
  if (side === null) {
    to.byte(NO_SIDE)
    return
  }
  to.byte(TYPES.indexOf(side.type))
  to.number(side.size)
  to.number(side.mode)
  to.text(side.modified)
  to.id(side.treeId)
  // A link may point to nothing at all.
  to.byte(side.linkTarget === null ? 0 : 1)
  if (side.linkTarget !== null) to.text(side.linkTarget)
}

function readSide(from: Reader): NodeFacts | null {
  const type = from.byte()
  if (type === NO_SIDE) return null
  return {
    type: TYPES[type] ?? 'irregular',
    size: from.number(),
    mode: from.number(),
    modified: from.text(),
    treeId: from.id(),
    linkTarget: from.byte() === 0 ? null : from.text(),
  }
}

const FIRST_CAPACITY = 2 ** 10
const NUMBER_BYTES = 8
const LENGTH_BYTES = 4

class Writer {
  #bytes = Buffer.allocUnsafeSlow(FIRST_CAPACITY)
  #at = 0

  written(): Buffer {
    return this.#bytes.subarray(0, this.#at)
  }

  byte(value: number): void {
    this.#room(1)
    this.#at = this.#bytes.writeUInt8(value, this.#at)
  }

  number(value: number): void {
    this.#room(NUMBER_BYTES)
    this.#at = this.#bytes.writeDoubleLE(value, this.#at)
  }

  /** Two bytes a character keep the lone surrogates that stand for bytes. */
  text(value: string): void {
    const oneByte = ONE_BYTE_A_CHARACTER.test(value)
    const length = oneByte ? value.length : value.length * 2
    this.#room(LENGTH_BYTES + length)
    this.#at = this.#bytes.writeUInt32LE(length * 2 + (oneByte ? 1 : 0), this.#at)
    this.#at += this.#bytes.write(value, this.#at, oneByte ? 'latin1' : 'utf16le')
  }

  id(value: string | null): void {
    this.byte(value === null ? 0 : 1)
    if (value === null) return
    this.#room(ID_BYTES)
    this.#at += this.#bytes.write(value, this.#at, 'hex')
  }

  #room(length: number): void {
    if (this.#at + length <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#at + length))
    this.#bytes.copy(larger, 0, 0, this.#at)
    this.#bytes = larger
  }
}

class Reader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  isLeft(): boolean {
    return this.#at < this.#bytes.length
  }

  byte(): number {
    this.#at += 1
    return this.#bytes.readUInt8(this.#at - 1)
  }

  number(): number {
    this.#at += NUMBER_BYTES
    return this.#bytes.readDoubleLE(this.#at - NUMBER_BYTES)
  }

  text(): string {
    const head = this.#bytes.readUInt32LE(this.#at)
    const from = this.#at + LENGTH_BYTES
    this.#at = from + (head >>> 1)
    return this.#bytes.toString((head & 1) === 1 ? 'latin1' : 'utf16le', from, this.#at)
  }

  id(): string | null {
    if (this.byte() === 0) return null
    this.#at += ID_BYTES
    return this.#bytes.toString('hex', this.#at - ID_BYTES, this.#at)
  }
}
