import { search as searchAll } from '../../engine/repository/search/search.ts'
import { openTreeReader, type TreeReader } from '../../engine/repository/tree-reader.ts'
import { runRestic } from '../../test/restic.ts'
import type { Bench } from '../bench.ts'
import { lineOf, timed } from '../measure.ts'
import { readerMemory } from '../reader-memory.ts'
import type { BenchRepository } from '../repository/bench-repository.ts'

const NAME = 'new-03-*.txt'

/** Files of a name in all snapshots. `cold`: the repository open, no directory read. `warm`: after such a search. */
export const search: Bench = async ({ made, place, quick }) => {
  const cold: number[] = []
  const warm: number[] = []
  for (let round = 0; round < (quick ? 2 : 3); round += 1) {
    const reader = openTreeReader(place.repository)
    await reader.list(made.snapshots[0]?.treeId ?? '', {})
    cold.push(await timed(() => countHits(reader, made)))
    for (let at = 0; at < 5; at += 1) warm.push(await timed(() => countHits(reader, made)))
  }
  const times = [await timed(() => runRestic(place.repository, ['find', '--json', '--no-lock', NAME]))]
  const peer = { name: 'restic find', times }
  const rssMiB = await readerMemory(place.repository, made, 'search')
  return [
    lineOf({ bench: 'search', case: `all snapshots, cold, ${place.name}`, ours: cold, peer, rssMiB }),
    lineOf({ bench: 'search', case: `all snapshots, warm, ${place.name}`, ours: warm, peer, rssMiB }),
  ]
}

export async function countHits(reader: TreeReader, { snapshots }: BenchRepository): Promise<number> {
  let hits = 0
  const pattern = { kind: 'glob', text: NAME, ignoreCase: false } as const
  for await (const { versions } of searchAll(reader, snapshots, { pattern })) hits += versions.length
  if (hits === 0) throw new Error('the search found nothing')
  return hits
}
