interface Numbers {
  [at: number]: number
  readonly length: number
  set(values: never): void
  subarray(from: number, to: number): Iterable<number>
}

const FIRST_ROOM = 1024

/** A list of numbers of one width that grows. */
export class NumberColumn<N extends Numbers & { set(other: N): void }> {
  readonly #make: (room: number) => N
  #values: N

  constructor(make: (room: number) => N) {
    this.#make = make
    this.#values = make(FIRST_ROOM)
  }

  get(at: number): number {
    return this.#values[at] ?? 0
  }

  set(at: number, value: number): void {
    if (at >= this.#values.length) {
      const wider = this.#make(this.#values.length * 2)
      wider.set(this.#values)
      this.#values = wider
    }
    this.#values[at] = value
  }

  /** Those from one place up to another. */
  slice(from: number, to: number): number[] {
    return [...this.#values.subarray(from, to)]
  }
}
