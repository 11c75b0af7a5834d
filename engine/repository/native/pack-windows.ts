/** Reads `length` bytes of a pack, or as many as there are. */
export type ReadRange = (packId: string, offset: number, length: number) => Promise<Buffer | undefined>

const WINDOW = 128 * 1024
/** More than the snapshots that a walk usually goes through at once: what each added lies in packs of its own. */
const KEPT = 64

/**
 * Packs read in windows, for a walk: restic writes the trees of neighbouring directories side by side, so one reading
 * serves a hundred of them. The last ones are kept, 8 MiB together; those who want one that is being read share it.
 */
export class PackWindows {
  readonly #read: ReadRange
  readonly #windows = new Map<string, Promise<Buffer | undefined>>()

  constructor(read: ReadRange) {
    this.#read = read
  }

  /** Shorter than `length` where the pack is; undefined where `read` says so. */
  async range(packId: string, offset: number, length: number): Promise<Buffer | undefined> {
    const first = Math.floor(offset / WINDOW)
    const last = Math.floor((offset + length - 1) / WINDOW)
    // What spans several windows is large enough to be read by itself.
    if (first !== last) return this.#read(packId, offset, length)
    const from = offset - first * WINDOW
    return (await this.#window(packId, first))?.subarray(from, from + length)
  }

  #window(packId: string, number: number): Promise<Buffer | undefined> {
    const key = `${packId} ${number}`
    const known = this.#windows.get(key)
    if (known !== undefined) return known
    const window = this.#read(packId, number * WINDOW, WINDOW).catch((error: unknown) => {
      this.#windows.delete(key)
      throw error
    })
    this.#windows.set(key, window)
    for (const oldest of this.#windows.keys()) {
      if (this.#windows.size <= KEPT) break
      this.#windows.delete(oldest)
    }
    return window
  }
}
