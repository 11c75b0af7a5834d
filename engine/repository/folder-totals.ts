import type { FolderTotals } from '../../contract/shapes/tree.ts'
import { type OwnTotals, readStoredTotals } from './stored-totals.ts'
import type { ListOptions, TreeReader } from './tree-reader.ts'

const NOTHING: FolderTotals = { bytes: 0, files: 0, directories: 0, others: 0 }

/** About 250 bytes each. */
const KEPT = 100_000

/** A directory on the way; with its own totals once it was read. */
interface OpenFolder {
  readonly id: string
  readonly own?: OwnTotals
}

/**
 * Bytes and counts of all that lies below a directory, from its listings alone. Each tree is counted once and its totals
 * are remembered, so the same folder in the next snapshot costs only what changed. Throws as `TreeReader.list` does.
 */
export async function folderTotals(reader: TreeReader, treeId: string, options: ListOptions): Promise<FolderTotals> {
  const kept = reader.totals
  const counted = new Map<string, FolderTotals>()
  const known = (id: string): FolderTotals | undefined => counted.get(id) ?? kept.get(id)
  const ahead = new ReadAhead(reader, options)
  // Two visits of each directory: the first finds what is below it, the second, after those, adds up.
  const open: OpenFolder[] = [{ id: treeId }]
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { id, own } = place
    if (known(id) !== undefined) continue
    if (own === undefined) {
      const found = await ahead.get(id)
      open.push({ id, own: found })
      for (const sub of found.below) if (known(sub) === undefined) open.push({ id: sub })
      ahead.prefetch(open)
    } else {
      const totals = added(own, known)
      counted.set(id, totals)
      if (kept.size < KEPT) kept.set(id, totals)
    }
  }
  return known(treeId) ?? NOTHING
}

/** Asks early for what comes next, so that a distant server's round trips overlap. */
class ReadAhead {
  readonly #reader: TreeReader
  readonly #options: ListOptions
  readonly #coming = new Map<string, Promise<OwnTotals>>()

  constructor(reader: TreeReader, options: ListOptions) {
    this.#reader = reader
    this.#options = { ...options, passing: true }
  }

  async get(id: string): Promise<OwnTotals> {
    const own = this.#coming.get(id) ?? this.#read(id)
    this.#coming.delete(id)
    return own
  }

  prefetch(open: readonly OpenFolder[]): void {
    for (const { id, own } of open.slice(1 - this.#reader.atOnce)) {
      if (own !== undefined || this.#coming.has(id)) continue
      const coming = this.#read(id)
      this.#coming.set(id, coming)
      // Whoever needs it hears of any trouble then.
      coming.catch(() => undefined)
    }
  }

  #read(id: string): Promise<OwnTotals> {
    return this.#reader.read(id, readStoredTotals, this.#options)
  }
}

function added({ below, ...own }: OwnTotals, known: (id: string) => FolderTotals | undefined): FolderTotals {
  let { bytes, files, directories, others } = own
  for (const id of below) {
    const totals = known(id) ?? NOTHING
    bytes += totals.bytes
    files += totals.files
    directories += totals.directories
    others += totals.others
  }
  return { bytes, files, directories, others }
}
