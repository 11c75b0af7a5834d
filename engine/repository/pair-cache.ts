const BLOCK_BYTES = 2 ** 17
/** What takes more has a block by itself. */
const LARGE_BYTES = BLOCK_BYTES / 4
/** What a key takes beside its characters: its place, and its share of the map and of its block's list. */
const BYTES_A_KEY = 120

/** A piece of memory that many entries share. */
interface Block {
  readonly bytes: Buffer
  readonly keys: string[]
  taken: number
}

interface Place {
  readonly block: Block
  readonly from: number
  readonly to: number
}

/**
 * What was found out about pairs of directories, by a key of both, as bytes: it never changes. A comparison asks for the same
 * pairs again and again (a level, its roll-up, a list of the changes, what was moved). Once it is full a block goes, by
 * chance: a comparison comes by in the same order each time, so to drop the oldest would be to drop what is wanted next.
 */
export class PairCache {
  readonly #limit: number
  readonly #places = new Map<string, Place>()
  readonly #blocks: Block[] = []
  #filling: Block | undefined
  #bytes = 0

  /** `limit` in bytes, keys included. */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** What is kept, in bytes. */
  get bytes(): number {
    return this.#bytes
  }

  get(key: string): Buffer | undefined {
    const place = this.#places.get(key)
    return place?.block.bytes.subarray(place.from, place.to)
  }

  /** Keep a copy, unless it is too much by itself. */
  put(key: string, packed: Buffer): void {
    if (packed.length > this.#limit / 4 || this.#places.has(key)) return
    this.#bytes += bytesOfKey(key)
    const block = this.#blockFor(packed.length)
    packed.copy(block.bytes, block.taken)
    this.#places.set(key, { block, from: block.taken, to: block.taken + packed.length })
    block.taken += packed.length
    block.keys.push(key)
    while (this.#bytes > this.#limit && this.#blocks.length > 1) this.#drop(block)
  }

  clear(): void {
    this.#places.clear()
    this.#blocks.length = 0
    this.#filling = undefined
    this.#bytes = 0
  }

  #blockFor(length: number): Block {
    const alone = length > LARGE_BYTES
    const filling = this.#filling
    if (!alone && filling !== undefined && filling.taken + length <= BLOCK_BYTES) return filling
    const block: Block = { bytes: Buffer.allocUnsafeSlow(alone ? length : BLOCK_BYTES), keys: [], taken: 0 }
    this.#blocks.push(block)
    this.#bytes += block.bytes.length
    if (!alone) this.#filling = block
    return block
  }

  /** Any block but one. */
  #drop(kept: Block): void {
    const others = this.#blocks.filter((block) => block !== kept)
    const dropped = others[Math.floor(Math.random() * others.length)]
    if (dropped === undefined) return
    this.#blocks.splice(this.#blocks.indexOf(dropped), 1)
    this.#bytes -= dropped.bytes.length
    for (const key of dropped.keys) {
      this.#places.delete(key)
      this.#bytes -= bytesOfKey(key)
    }
    if (this.#filling === dropped) this.#filling = undefined
  }
}

function bytesOfKey(key: string): number {
  return key.length + BYTES_A_KEY
}
