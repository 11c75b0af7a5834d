import type { RollUp } from '../../contract/shapes/compare.ts'
import { folderTotals } from '../repository/folder-totals.ts'
import type { ListOptions, TreeReader } from '../repository/tree-reader.ts'
import { insideOf } from './list-changes.ts'
import { add, alone, count, emptyTally, type Tally } from './roll-up.ts'
import { PairsAhead, pairKey, type TreePair } from './tree-pairs.ts'

/** A folder all below which was compared. */
export interface RolledFolder extends TreePair {
  /** From where the comparison began, with a slash first; empty for that folder itself. */
  readonly path: string
  readonly rollUp: RollUp
}

/** About 300 bytes each. */
const KEPT = 50_000

/** A pair of directories on the way. */
interface Level extends TreePair {
  readonly path: string
  readonly tally: Tally
  readonly below: readonly NamedPair[]
  /** The next of those below. */
  at: number
}

interface NamedPair extends TreePair {
  readonly name: string
}

/**
 * Compare all that is below two directories, and tell each folder that differs once all in it was compared: the innermost
 * first, at last the one where it began. What is rolled up is remembered by the reader (`reader.comparisons`). A folder that
 * only one side has is told as one, without those in it. Directories with one id are never read. Throws as `folderTotals`
 * does.
 */
export async function* rollUps(
  reader: TreeReader,
  pair: TreePair,
  options: ListOptions,
): AsyncGenerator<RolledFolder, void, void> {
  const { comparisons } = reader
  const ahead = new PairsAhead(reader, options)
  const levels: Level[] = []
  const open = async (next: TreePair, path: string): Promise<void> => {
    const tally = emptyTally()
    const below: NamedPair[] = []
    for (const difference of await ahead.get(next)) {
      count(tally, difference.change, difference)
      const inside = insideOf(difference)
      if (inside !== undefined) below.push({ ...inside, name: difference.name })
    }
    const level = { ...next, path, tally, below, at: 0 }
    for (const each of [level, levels.at(-1)]) if (each !== undefined) ahead.prefetch(coming(each))
    levels.push(level)
  }
  const rolledUp = (folder: RolledFolder): RolledFolder => {
    if (comparisons.size < KEPT) comparisons.set(pairKey(folder), folder.rollUp)
    return folder
  }
  if (isAlone(pair)) {
    yield rolledUp({ ...pair, path: '', rollUp: await aloneOf(reader, pair, options) })
    return
  }
  await open(pair, '')
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const next = level.below[level.at]
    level.at += 1
    if (next === undefined) {
      levels.pop()
      const { before, after, path, tally } = level
      const parent = levels.at(-1)
      if (parent !== undefined) add(parent.tally, tally)
      yield rolledUp({ before, after, path, rollUp: tally })
      continue
    }
    const path = `${level.path}/${next.name}`
    if (!isAlone(next)) {
      await open(next, path)
      continue
    }
    const rollUp = await aloneOf(reader, next, options)
    add(level.tally, rollUp)
    yield rolledUp({ before: next.before, after: next.after, path, rollUp })
  }
}

/** A folder's roll-up where it is known already. */
export function knownRollUp(reader: TreeReader, pair: TreePair): RollUp | undefined {
  if (!isAlone(pair)) return reader.comparisons.get(pairKey(pair))
  const totals = reader.totals.get(pair.before ?? pair.after ?? '')
  return totals === undefined ? undefined : alone(pair.before === null ? 'added' : 'removed', totals)
}

function isAlone({ before, after }: TreePair): boolean {
  return before === null || after === null
}

async function aloneOf(reader: TreeReader, { before, after }: TreePair, options: ListOptions): Promise<RollUp> {
  const treeId = before ?? after
  if (treeId === null) return emptyTally()
  return alone(before === null ? 'added' : 'removed', await folderTotals(reader, treeId, options))
}

function* coming({ below, at }: Level): Generator<TreePair, void, void> {
  for (let next = at; next < below.length; next += 1) {
    const pair = below[next]
    // Folders of one side are added up, and that reads ahead by itself.
    if (pair !== undefined && !isAlone(pair)) yield pair
  }
}
