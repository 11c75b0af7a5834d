import { compareLevel } from '../../engine/compare/compare-level.ts'
import { modifierOf } from '../../engine/compare/change.ts'
import { listChanges } from '../../engine/compare/list-changes.ts'
import { openTreeReader, type TreeReader } from '../../engine/repository/tree-reader.ts'
import { runRestic } from '../../test/restic.ts'
import type { Bench, BenchInput } from '../bench.ts'
import { type BenchLine, lineOf, timed } from '../measure.ts'
import { readerMemory } from '../reader-memory.ts'

interface Sides {
  readonly name: string
  /** Positions among the snapshots, newest first. */
  readonly before: number
  readonly after: number
}

/**
 * Two snapshots, whole and their first level. `cold`: a reader that has opened nothing; `open`: keys and index are in
 * memory and no directory of them is; `warm`: they were compared before. restic has its cache of the repository throughout.
 */
export const diff: Bench = async (input) => {
  const last = input.made.snapshots.length - 1
  const lines: BenchLine[] = []
  for (const sides of [
    { name: 'neighbours', before: 1, after: 0 },
    { name: 'first and last', before: last, after: 0 },
  ])
    lines.push(...(await compared(input, sides)))
  return lines
}

async function compared({ made, place, quick }: BenchInput, sides: Sides): Promise<BenchLine[]> {
  const [before, after] = [made.snapshots[sides.before], made.snapshots[sides.after]]
  if (before === undefined || after === undefined) throw new Error('there are too few snapshots')
  const pair = { before: before.treeId, after: after.treeId }
  const restic: number[] = []
  let theirs = 0
  for (let at = 0; at < (quick ? 1 : 5); at += 1) {
    const args = ['diff', '--json', '--no-lock', before.id, after.id]
    restic.push(
      await timed(async () => (theirs = (await runRestic(place.repository, args)).trim().split('\n').length - 1)),
    )
  }
  const whole = async (reader: TreeReader): Promise<void> => {
    let ours = 0
    for await (const { change } of listChanges(reader, pair, {})) {
      if (modifierOf(change, { metadata: false }) !== '') ours += 1
    }
    if (ours !== theirs) throw new Error(`restic says ${theirs} changes, and we ${ours}`)
  }
  const cold: number[] = []
  const open: number[] = []
  const warm: number[] = []
  const level: number[] = []
  for (let at = 0; at < (quick ? 3 : 7); at += 1) {
    const reader = openTreeReader(place.repository)
    cold.push(await timed(() => whole(reader)))
    const other = openTreeReader(place.repository)
    // Opened by something else: a directory of another comparison would be one of these.
    await other.list(made.snapshots[Math.floor(made.snapshots.length / 2)]?.treeId ?? '', {})
    level.push(await timed(() => compareLevel(other, pair, { all: false })))
    open.push(await timed(() => whole(other)))
    for (let again = 0; again < 3; again += 1) warm.push(await timed(() => whole(reader)))
  }
  const peer = { name: 'restic diff', times: restic }
  const isLongest = sides.before === made.snapshots.length - 1
  const memory = isLongest ? { rssMiB: await readerMemory(place.repository, made, 'diff') } : {}
  const line = (what: string, ours: readonly number[]): BenchLine =>
    lineOf({ bench: 'diff', case: `${sides.name}, ${what}, ${place.name}`, ours, peer, ...memory })
  return [
    line('first level, open', level),
    line('whole, warm', warm),
    line('whole, open', open),
    line('whole, cold', cold),
  ]
}
