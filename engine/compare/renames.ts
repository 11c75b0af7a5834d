import type { NodeType } from '../../contract/shapes/tree.ts'
import { type ListedChange, listChanges } from './list-changes.ts'
import type { TreePair } from './tree-pairs.ts'
import type { ListOptions, TreeReader } from '../repository/tree-reader.ts'

/** A path that was moved: what was there is elsewhere now. */
export interface Rename {
  readonly from: string
  readonly to: string
  readonly type: NodeType
}

export interface FoundRenames {
  readonly renames: readonly Rename[]
  /** False where there was too much to look for all of them. */
  readonly complete: boolean
}

/** Added and removed paths that are kept in mind at most, about 300 bytes each. */
const MOST = 100_000

/**
 * Files and folders that were moved, by what they hold: what is removed here and added there with the same content, each
 * used once, of several that hold the same those with one name first. Empty files and folders say nothing. What lies in a
 * moved folder is not told by itself. Throws as `listChanges` does.
 */
export async function findRenames(reader: TreeReader, pair: TreePair, options: ListOptions): Promise<FoundRenames> {
  const sides = { removed: new Map<string, Side[]>(), added: new Map<string, Side[]>() }
  let kept = 0
  for await (const change of listChanges(reader, pair, options)) {
    const side = sideOf(change)
    if (side === undefined) continue
    if (kept === MOST) return { renames: paired(sides), complete: false }
    kept += 1
    const found = sides[side.kind]
    const alike = found.get(side.holds)
    if (alike === undefined) found.set(side.holds, [side])
    else alike.push(side)
  }
  return { renames: paired(sides), complete: true }
}

interface Side {
  readonly kind: 'added' | 'removed'
  readonly path: string
  readonly name: string
  readonly type: NodeType
  readonly holds: string
}

function sideOf({ path, name, change, before, after, holds }: ListedChange): Side | undefined {
  const { kind } = change
  if (kind !== 'added' && kind !== 'removed') return undefined
  const facts = kind === 'added' ? after : before
  if (facts === null) return undefined
  const { type, treeId } = facts
  if (type === 'dir' && treeId !== null) return { kind, path: path.slice(0, -1), name, type, holds: treeId }
  return holds === null ? undefined : { kind, path, name, type, holds }
}

function paired({ removed, added }: Record<Side['kind'], ReadonlyMap<string, Side[]>>): Rename[] {
  const renames: Rename[] = []
  for (const [holds, from] of removed) {
    const to = added.get(holds)
    if (to !== undefined) renames.push(...matched(from, to))
  }
  const folders = new Map(renames.flatMap(({ from, to, type }) => (type === 'dir' ? [[from, to] as const] : [])))
  return renames.filter((rename) => !isInside(rename, folders))
}

/** Those that kept their name first, then the others in their order. */
function matched(from: readonly Side[], to: readonly Side[]): Rename[] {
  const byName = Map.groupBy(to, ({ name }) => name)
  const renames: Rename[] = []
  const taken = new Set<Side>()
  const left: Side[] = []
  for (const one of from) {
    const other = byName.get(one.name)?.shift()
    if (other === undefined) left.push(one)
    else {
      taken.add(other)
      renames.push(renameOf(one, other))
    }
  }
  const others = to.filter((one) => !taken.has(one))
  for (const [at, one] of left.entries()) {
    const other = others[at]
    if (other !== undefined) renames.push(renameOf(one, other))
  }
  return renames
}

function renameOf(from: Side, to: Side): Rename {
  return { from: from.path, to: to.path, type: from.type }
}

/** A folder above it was moved to a folder above where it is now. */
function isInside({ from, to }: Rename, folders: ReadonlyMap<string, string>): boolean {
  for (let end = from.lastIndexOf('/'); end > 0; end = from.lastIndexOf('/', end - 1)) {
    const moved = folders.get(from.slice(0, end))
    if (moved !== undefined && to.startsWith(`${moved}/`)) return true
  }
  return false
}
