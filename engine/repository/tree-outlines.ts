import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { release } from './native/release.ts'
import type { StoredOutline } from './stored-outline.ts'
import { TreeNumbers } from './tree-numbers.ts'

/** As much of a directory as a walk over many needs: names and what is below. */
export interface TreeOutline {
  /** Directories first, each name closed by a NUL. */
  readonly names: string
  /** The numbers of the directories' trees, in the order of their names; `LOST` where restic recorded none. */
  readonly below: ArrayLike<number>
}

export const LOST = -1

const WORD_BYTES = 4
const BLOCK_WORDS = 2 ** 18
/** What takes more has a block by itself. */
const LARGE_WORDS = BLOCK_WORDS / 8
/** How many trees are below, how many bytes the names take, as they are kept and as they are, and how they are spelt. */
const HEAD_WORDS = 4
/** Names that take more are packed: a large directory comes in many snapshots, each time a little different. */
const PACKED_FROM = 2 ** 16
const ONE_BYTE = 1
const TWO_BYTES = 2
const ONE_BYTE_A_CHARACTER = /^[\0-\xff]*$/
const NOTHING_BELOW: readonly number[] = []

/** A piece of memory that many outlines share. */
interface Block {
  readonly words: Int32Array
  /** The same memory. */
  readonly bytes: Buffer
}

/**
 * Outlines by tree, about 30 bytes a node, in blocks of bytes: what the collector does not see it need not go through. Trees
 * have small numbers here, since every directory is named by its parents in many snapshots. Once the limit is reached no
 * more are kept: a walk comes by in the same order each time, so to drop the oldest would be to drop what is wanted next.
 */
export class TreeOutlines {
  readonly #limit: number
  readonly #numbers = new TreeNumbers()
  readonly #blocks: Block[] = []
  /** In which word an outline begins, every block counted as one of full size, from 1; 0 for one that is not kept. */
  #begins = new Uint32Array(2 ** 10)
  /** The block that is being filled, and the words of it that are taken. */
  #filling = 0
  #taken = BLOCK_WORDS
  #bytes = 0

  /** `limit` in bytes, about. */
  constructor(limit: number) {
    this.#limit = limit
  }

  numberOf(treeId: string): number {
    return this.#numbers.numberOf(treeId)
  }

  idOf(number: number): string {
    return this.#numbers.idOf(number)
  }

  has(number: number): boolean {
    return (this.#begins[number] ?? 0) > 0
  }

  get(number: number): TreeOutline | undefined {
    return this.has(number) ? this.#read(number) : undefined
  }

  /** Keep an outline while there is room, and say how to get it, with numbers for ids. */
  put(number: number, { names, below: ids }: StoredOutline): () => TreeOutline {
    const below = ids.map((treeId) => (treeId === null ? LOST : this.numberOf(treeId)))
    if (!this.has(number) && this.#bytes < this.#limit) this.#keep(number, names, below)
    return this.has(number) ? () => this.#read(number) : () => ({ names, below })
  }

  #read(number: number): TreeOutline {
    const { words, bytes, at } = this.#at((this.#begins[number] ?? 1) - 1)
    const [count = 0, length = 0, plainLength = 0] = [words[at], words[at + 1], words[at + 2]]
    const encoding = words[at + 3] === ONE_BYTE ? 'latin1' : 'utf16le'
    const namesAt = at + HEAD_WORDS + count
    const from = namesAt * WORD_BYTES
    const below = count === 0 ? NOTHING_BELOW : words.subarray(at + HEAD_WORDS, namesAt)
    if (length === plainLength) return { names: bytes.toString(encoding, from, from + length), below }
    const plain = zstdDecompressSync(bytes.subarray(from, from + length), { chunkSize: plainLength + 1 })
    const names = plain.toString(encoding)
    release(plain)
    return { names, below }
  }

  #keep(number: number, names: string, below: readonly number[]): void {
    const oneByte = ONE_BYTE_A_CHARACTER.test(names)
    // Two bytes keep the lone surrogates that stand for bytes.
    const plain = Buffer.from(names, oneByte ? 'latin1' : 'utf16le')
    const kept = plain.length < PACKED_FROM ? plain : packed(plain)
    const namesAt = HEAD_WORDS + below.length
    const begin = this.#take(namesAt + Math.ceil(kept.length / WORD_BYTES))
    const { words, bytes, at } = this.#at(begin)
    words.set([below.length, kept.length, plain.length, oneByte ? ONE_BYTE : TWO_BYTES], at)
    words.set(below, at + HEAD_WORDS)
    bytes.set(kept, (at + namesAt) * WORD_BYTES)
    release(plain)
    if (number >= this.#begins.length) this.#begins = longer(this.#begins, number)
    this.#begins[number] = begin + 1
  }

  #at(begin: number): Block & { readonly at: number } {
    const { words, bytes } = this.#blocks[Math.floor(begin / BLOCK_WORDS)] ?? NO_BLOCK
    return { words, bytes, at: begin % BLOCK_WORDS }
  }

  /** Where so many words begin that nobody has yet. */
  #take(words: number): number {
    const alone = words > LARGE_WORDS
    if (alone || this.#taken + words > BLOCK_WORDS) {
      const block = new Int32Array(alone ? words : BLOCK_WORDS)
      const number = this.#blocks.push({ words: block, bytes: Buffer.from(block.buffer) }) - 1
      this.#bytes += block.byteLength
      if (alone) return number * BLOCK_WORDS
      this.#filling = number
      this.#taken = 0
    }
    this.#taken += words
    return this.#filling * BLOCK_WORDS + this.#taken - words
  }
}

const NO_BLOCK: Block = { words: new Int32Array(0), bytes: Buffer.alloc(0) }

/** The same bytes where packing them gains nothing. */
function packed(plain: Buffer): Buffer {
  const smaller = zstdCompressSync(plain)
  return smaller.length < plain.length ? smaller : plain
}

function longer(words: Uint32Array<ArrayBuffer>, least: number): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(Math.max(words.length * 2, least + 1))
  more.set(words)
  return more
}
