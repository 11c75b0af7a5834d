export interface Wanted<T> {
  read(): Promise<T>
  /** What becomes of what was read. */
  arrived(read: T): Promise<void>
}

const AT_ONCE = 2
/** Things read that nobody has taken yet; they wait here until they are taken or others come. */
const WAITING = 8

/**
 * Reads what may be wanted soon, a little at a time and each thing once: what nobody took in the end is not read again.
 * What fails is forgotten, for nobody asked for it; it fails again, and is told, when it is really wanted.
 */
export class ReadAhead<T> {
  readonly #seen = new Set<string>()
  readonly #reads = new Map<string, Promise<T>>()
  #underWay = 0
  #next: { readonly key: string; readonly wanted: Wanted<T> } | undefined

  /** Read this when there is room; another that waits for room is given up for it. */
  want(key: string, wanted: Wanted<T>): void {
    if (this.#seen.has(key)) return
    if (this.#underWay < AT_ONCE) void this.#begin(key, wanted)
    else this.#next = { key, wanted }
  }

  /** What was read ahead, or is being read, for whoever wants it now; it is not kept any longer. */
  take(key: string): Promise<T> | undefined {
    if (this.#next?.key === key) this.#next = undefined
    const read = this.#reads.get(key)
    this.#reads.delete(key)
    this.#seen.delete(key)
    return read
  }

  async #begin(key: string, wanted: Wanted<T>): Promise<void> {
    this.#seen.add(key)
    this.#underWay += 1
    try {
      const read = wanted.read()
      this.#reads.set(key, read)
      const [oldest] = this.#reads.keys()
      if (this.#reads.size > WAITING && oldest !== undefined) this.#reads.delete(oldest)
      await wanted.arrived(await read)
    } catch {
      this.#reads.delete(key)
      this.#seen.delete(key)
    } finally {
      this.#underWay -= 1
      const next = this.#next
      this.#next = undefined
      if (next !== undefined) this.want(next.key, next.wanted)
    }
  }
}
