import type { FolderTotals, NodeColumns } from '../../contract/shapes/tree.ts'
import type { ListOptions, TreeReader } from './tree-reader.ts'

const NOTHING: FolderTotals = { bytes: 0, files: 0, directories: 0, others: 0 }

/** About 250 bytes each. */
const KEPT = 100_000

/**
 * Bytes and counts of all that lies below a directory, from its listings alone. Each tree is counted once and its totals
 * are remembered, so the same folder in the next snapshot costs only what changed. Throws as `TreeReader.list` does.
 */
export async function folderTotals(reader: TreeReader, treeId: string, options: ListOptions): Promise<FolderTotals> {
  const kept = reader.totals
  const counted = new Map<string, FolderTotals>()
  const known = (id: string): FolderTotals | undefined => counted.get(id) ?? kept.get(id)
  // Two visits of each directory: the first finds what is below it, the second, after those, adds up.
  const open: { readonly id: string; readonly listing?: NodeColumns }[] = [{ id: treeId }]
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { id, listing } = place
    if (known(id) !== undefined) continue
    if (listing === undefined) {
      const found = await reader.list(id, { ...options, passing: true })
      const below = found.treeId.filter((sub) => sub !== null && known(sub) === undefined)
      open.push({ id, listing: found }, ...below.map((sub) => ({ id: sub ?? '' })))
      prefetch(reader, open, options)
    } else {
      const totals = added(listing, known)
      counted.set(id, totals)
      if (kept.size < KEPT) kept.set(id, totals)
    }
  }
  return counted.get(treeId) ?? kept.get(treeId) ?? NOTHING
}

/** Ask early for what comes next, so that a distant server's round trips overlap. */
function prefetch(
  reader: TreeReader,
  open: readonly { readonly id: string; readonly listing?: NodeColumns }[],
  options: ListOptions,
): void {
  for (const { id, listing } of open.slice(1 - reader.atOnce)) {
    // Whoever needs it asks again and hears of any trouble then.
    if (listing === undefined) reader.list(id, { ...options, passing: true }).catch(() => undefined)
  }
}

function added(listing: NodeColumns, known: (id: string) => FolderTotals | undefined): FolderTotals {
  let { bytes, files, directories, others } = NOTHING
  for (const [at, type] of listing.type.entries()) {
    const below = listing.treeId[at] ?? null
    const totals = below === null ? undefined : known(below)
    bytes += type === 'file' ? (listing.size[at] ?? 0) : (totals?.bytes ?? 0)
    files += type === 'file' ? 1 : (totals?.files ?? 0)
    directories += (type === 'dir' ? 1 : 0) + (totals?.directories ?? 0)
    others += (type === 'file' || type === 'dir' ? 0 : 1) + (totals?.others ?? 0)
  }
  return { bytes, files, directories, others }
}
