import { release } from './native/release.ts'

const ID_BYTES = 32
const FIRST_CAPACITY = 1 << 10
const NONE = -1

/** A small number for each tree, in the order in which they were first named: about 50 bytes each, in typed arrays. */
export class TreeNumbers {
  #count = 0
  #ids = Buffer.alloc(FIRST_CAPACITY * ID_BYTES)
  #slots = new Int32Array(FIRST_CAPACITY * 2).fill(NONE)
  readonly #wanted = Buffer.alloc(ID_BYTES)

  numberOf(treeId: string): number {
    this.#wanted.write(treeId, 'hex')
    const slot = this.#slotOf(this.#wanted)
    const known = this.#slots[slot] ?? NONE
    return known === NONE ? this.#add(slot) : known
  }

  idOf(number: number): string {
    return this.#ids.toString('hex', number * ID_BYTES, (number + 1) * ID_BYTES)
  }

  #add(slot: number): number {
    const number = this.#count
    this.#wanted.copy(this.#ids, number * ID_BYTES)
    this.#slots[slot] = number
    this.#count += 1
    if (this.#count * ID_BYTES === this.#ids.length) this.#grow()
    return number
  }

  /** Where an id is, or else would be. Ids are SHA-256 and spread evenly. */
  #slotOf(id: Buffer): number {
    const last = this.#slots.length - 1
    for (let slot = id.readUInt32LE() & last; ; slot = (slot + 1) & last) {
      const number = this.#slots[slot] ?? NONE
      if (number === NONE || id.compare(this.#ids, number * ID_BYTES, (number + 1) * ID_BYTES) === 0) return slot
    }
  }

  #grow(): void {
    const small = this.#ids
    this.#ids = Buffer.concat([small], small.length * 2)
    release(small)
    this.#slots = new Int32Array(this.#slots.length * 2).fill(NONE)
    for (let number = 0; number < this.#count; number += 1) {
      this.#slots[this.#slotOf(this.#ids.subarray(number * ID_BYTES, (number + 1) * ID_BYTES))] = number
    }
  }
}
