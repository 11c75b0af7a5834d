const ID_BYTES = 32
const FIRST_CAPACITY = 1 << 12
const NOWHERE = -1

/** Where a blob lies. */
export interface BlobPlace {
  readonly packId: string
  /** Bytes from the start of the pack. */
  readonly offset: number
  /** Bytes of the sealed blob, its envelope with it. */
  readonly length: number
  /** Bytes of the text once decompressed; 0 when it is not compressed. */
  readonly plainLength: number
}

/**
 * Blob id → place, in typed arrays with open addressing: about 64 bytes a blob, so 64 MB a million. A blob that lies in
 * several packs keeps each place, the first one added first.
 */
export class BlobTable {
  #count = 0
  #ids = Buffer.alloc(FIRST_CAPACITY * ID_BYTES)
  #pack = new Uint32Array(FIRST_CAPACITY)
  #offset = new Uint32Array(FIRST_CAPACITY)
  #length = new Uint32Array(FIRST_CAPACITY)
  #plainLength = new Uint32Array(FIRST_CAPACITY)
  #slots = new Int32Array(FIRST_CAPACITY * 2).fill(NOWHERE)
  readonly #packIds: string[] = []
  readonly #packNumbers = new Map<string, number>()

  /** How many places are known. */
  get size(): number {
    return this.#count
  }

  /** Bytes held by the arrays. */
  get bytes(): number {
    const perBlob = [this.#ids, this.#pack, this.#offset, this.#length, this.#plainLength, this.#slots]
    return perBlob.reduce((sum, array) => sum + array.byteLength, 0)
  }

  add(id: string, place: BlobPlace): void {
    if (this.find(id).some((known) => known.packId === place.packId && known.offset === place.offset)) return
    if (this.#count === this.#pack.length) this.#grow()
    const at = this.#count
    this.#count += 1
    this.#ids.write(id, at * ID_BYTES, 'hex')
    this.#pack[at] = this.#packNumber(place.packId)
    this.#offset[at] = place.offset
    this.#length[at] = place.length
    this.#plainLength[at] = place.plainLength
    this.#link(at)
  }

  /** Every place of a blob; none when the index does not know it. */
  find(id: string): BlobPlace[] {
    const wanted = Buffer.from(id, 'hex')
    const places: BlobPlace[] = []
    for (let slot = this.#slotOf(wanted, 0); this.#slots[slot] !== NOWHERE; slot = this.#next(slot)) {
      const at = this.#slots[slot] ?? NOWHERE
      if (wanted.compare(this.#ids, at * ID_BYTES, (at + 1) * ID_BYTES) === 0) places.push(this.#placeAt(at))
    }
    return places
  }

  #placeAt(at: number): BlobPlace {
    return {
      packId: this.#packIds[this.#pack[at] ?? 0] ?? '',
      offset: this.#offset[at] ?? 0,
      length: this.#length[at] ?? 0,
      plainLength: this.#plainLength[at] ?? 0,
    }
  }

  #packNumber(packId: string): number {
    const known = this.#packNumbers.get(packId)
    if (known !== undefined) return known
    const number = this.#packIds.push(packId) - 1
    this.#packNumbers.set(packId, number)
    return number
  }

  #link(at: number): void {
    let slot = this.#slotOf(this.#ids, at * ID_BYTES)
    while (this.#slots[slot] !== NOWHERE) slot = this.#next(slot)
    this.#slots[slot] = at
  }

  /** Ids are SHA-256 and spread evenly. Whoever could choose them to collide holds the repository's key, and gains slowness. */
  #slotOf(ids: Buffer, from: number): number {
    return ids.readUInt32LE(from) & (this.#slots.length - 1)
  }

  #next(slot: number): number {
    return (slot + 1) & (this.#slots.length - 1)
  }

  #grow(): void {
    const capacity = this.#pack.length * 2
    this.#ids = Buffer.concat([this.#ids], capacity * ID_BYTES)
    this.#pack = grown(this.#pack, capacity)
    this.#offset = grown(this.#offset, capacity)
    this.#length = grown(this.#length, capacity)
    this.#plainLength = grown(this.#plainLength, capacity)
    this.#slots = new Int32Array(capacity * 2).fill(NOWHERE)
    for (let at = 0; at < this.#count; at += 1) this.#link(at)
  }
}

function grown(array: Uint32Array, capacity: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(capacity)
  larger.set(array)
  return larger
}
