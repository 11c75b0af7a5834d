interface Item {
  /** Snapshot path as restic prints it, with U+FFFD for each byte that is not UTF-8. */
  readonly path: string
  readonly size: number
}

/**
 * What a restore must leave behind, by the path that restic prints, with the sizes of all that look alike. It holds what
 * holds nothing else: a folder is there when something is in it. restic prints size 0 for links and for the second name
 * of a file with two names.
 */
export class ExpectedItems {
  readonly #sizes = new Map<string, readonly number[]>()
  #files = 0
  #bytes = 0

  /** `known` are the `sizes` of another one, which may have come from another process. */
  constructor(known: Iterable<readonly [path: string, sizes: readonly number[]]> = []) {
    for (const [path, sizes] of known) for (const size of sizes) this.#expect(path, size)
  }

  get files(): number {
    return this.#files
  }

  get bytes(): number {
    return this.#bytes
  }

  get sizes(): ReadonlyMap<string, readonly number[]> {
    return this.#sizes
  }

  /** Add what one pass of restic restores, folders included: they are not told apart from files by restic's output. */
  add(items: readonly Item[]): void {
    const folders = foldersOf(items)
    for (const { path, size } of items) {
      if (folders.has(path)) continue
      this.#expect(path, size)
    }
  }

  #expect(path: string, size: number): void {
    this.#sizes.set(path, [...(this.#sizes.get(path) ?? []), size])
    this.#files++
    this.#bytes += size
  }
}

function foldersOf(items: readonly Item[]): Set<string> {
  const folders = new Set<string>()
  for (const { path } of items) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end)
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  return folders
}
