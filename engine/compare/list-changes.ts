import type { ListOptions, TreeReader } from '../repository/tree-reader.ts'
import type { Difference } from './difference.ts'
import { PairsAhead, type TreePair } from './tree-pairs.ts'

export interface ListedChange extends Difference {
  /** From where the comparison began, with a slash first and, for what is a folder on the later side it has, last. */
  readonly path: string
}

/** A pair of directories on the way. */
interface Level {
  readonly path: string
  readonly differences: readonly Difference[]
  /** The next of them. */
  at: number
}

/**
 * Every change between two directories, in the order of `restic diff`: by the bytes of the names, what is in a folder after
 * it. A folder that only one side has is followed by all that is in it; below one that became something else nothing is
 * listed, as restic has it. Directories with one id are never read. Throws as `TreeReader.read` does.
 */
export async function* listChanges(
  reader: TreeReader,
  pair: TreePair,
  options: ListOptions,
): AsyncGenerator<ListedChange, void, void> {
  const ahead = new PairsAhead(reader, options)
  const levels: Level[] = []
  const open = async (next: TreePair, path: string): Promise<void> => {
    const level = { path, differences: await ahead.get(next), at: 0 }
    for (const each of [level, levels.at(-1)]) if (each !== undefined) ahead.prefetch(coming(each))
    levels.push(level)
  }
  await open(pair, '/')
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const difference = level.differences[level.at]
    level.at += 1
    if (difference === undefined) {
      levels.pop()
      continue
    }
    const path = pathOf(level.path, difference)
    yield { ...difference, path }
    const inside = insideOf(difference)
    if (inside !== undefined) await open(inside, path)
  }
}

function* coming({ differences, at }: Level): Generator<TreePair, void, void> {
  for (let next = at; next < differences.length; next += 1) {
    const difference = differences[next]
    const inside = difference === undefined ? undefined : insideOf(difference)
    if (inside !== undefined) yield inside
  }
}

/** The directories to be compared below a name; undefined where there is nothing to compare. */
export function insideOf({ before, after }: Difference): TreePair | undefined {
  if (before !== null && after !== null && before.type !== after.type) return undefined
  const [one, other] = [before?.treeId ?? null, after?.treeId ?? null]
  return one === other ? undefined : { before: one, after: other }
}

function pathOf(parent: string, { name, before, after }: Difference): string {
  return `${parent}${name}${(after ?? before)?.type === 'dir' ? '/' : ''}`
}
