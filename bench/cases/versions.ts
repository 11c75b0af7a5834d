import { openTreeReader } from '../../engine/repository/tree-reader.ts'
import { versionsOf } from '../../engine/repository/versions.ts'
import { runRestic } from '../../test/restic.ts'
import type { Bench } from '../bench.ts'
import { lineOf, timed } from '../measure.ts'
import { randomFrom } from '../repository/random.ts'

/** What became of a path in all snapshots. The nearest that restic has is to find the path in each. */
export const versions: Bench = async ({ made, place, quick }) => {
  const random = randomFrom(3)
  const oldestFirst = made.snapshots.toReversed()
  const reader = openTreeReader(place.repository)
  await reader.list(oldestFirst[0]?.treeId ?? '', {})
  const ours: number[] = []
  for (let at = 0; at < (quick ? 20 : 100); at += 1) {
    const path = random.one(made.folders)
    ours.push(await timed(() => versionsOf(reader, { snapshots: oldestFirst, path }, {})))
  }
  const path = random.one(made.folders)
  const times = [await timed(() => runRestic(place.repository, ['find', '--json', '--no-lock', path]))]
  return [lineOf({ bench: 'versions', case: place.name, ours, peer: { name: 'restic find', times } })]
}
