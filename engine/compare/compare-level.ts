import type { RollUp } from '../../contract/shapes/compare.ts'
import type { NodeFacts } from '../../contract/shapes/tree.ts'
import { compareNames } from '../name-order.ts'
import type { ListOptions, TreeReader } from '../repository/tree-reader.ts'
import type { Change } from './change.ts'
import { insideOf } from './list-changes.ts'
import { knownRollUp } from './roll-ups.ts'
import { readPair, type TreePair } from './tree-pairs.ts'

/** One path of a level. */
export interface ComparedRow extends Change {
  readonly name: string
  readonly before: NodeFacts | null
  readonly after: NodeFacts | null
  /** Of a folder, where it is known already; null where it is not, or nothing below can differ. */
  readonly rollUp: RollUp | null
}

export interface LevelOptions extends ListOptions {
  /** Also what is the same on both sides. */
  readonly all: boolean
}

/**
 * Two directories beside each other, without what is below them: folders first, then by the bytes of the names. Throws as
 * `TreeReader.list` does.
 */
export async function compareLevel(
  reader: TreeReader,
  pair: TreePair,
  { all, ...options }: LevelOptions,
): Promise<ComparedRow[]> {
  const changed = (await readPair(reader, pair, options)).map((difference): ComparedRow => {
    const { name, change, before, after } = difference
    const inside = insideOf(difference)
    const rollUp = inside === undefined ? null : (knownRollUp(reader, inside) ?? null)
    return { ...change, name, before, after, rollUp }
  })
  if (!all || pair.after === null) return changed.toSorted(inOrder)
  const names = new Set(changed.map(({ name }) => name))
  const same = (await rowsOf(reader, pair.after, options)).filter(({ name }) => !names.has(name))
  return [...changed, ...same].toSorted(inOrder)
}

async function rowsOf(reader: TreeReader, treeId: string, options: ListOptions): Promise<ComparedRow[]> {
  const { name, type, size, modified, mode, treeId: treeIds, linkTarget } = await reader.list(treeId, options)
  return name.map((each, at) => {
    const facts: NodeFacts = {
      type: type[at] ?? 'irregular',
      size: size[at] ?? 0,
      modified: modified[at] ?? '',
      mode: mode[at] ?? 0,
      treeId: treeIds[at] ?? null,
      linkTarget: linkTarget[at] ?? null,
    }
    return { name: each, kind: 'same', bitRot: false, before: facts, after: facts, rollUp: null }
  })
}

function isFolder({ before, after }: ComparedRow): boolean {
  return (after ?? before)?.type === 'dir'
}

function inOrder(one: ComparedRow, other: ComparedRow): number {
  return Number(isFolder(other)) - Number(isFolder(one)) || compareNames(one.name, other.name)
}
