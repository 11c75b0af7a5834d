import { openTreeReader } from '../../engine/repository/tree-reader.ts'
import { runRestic } from '../../test/restic.ts'
import type { Bench } from '../bench.ts'
import { lineOf, timed } from '../measure.ts'
import { readerMemory } from '../reader-memory.ts'

/** From nothing to the root of a snapshot: the key is derived, the whole index read. restic does so each time. */
export const open: Bench = async ({ made, place, quick }) => {
  const [newest] = made.snapshots
  if (newest === undefined) return []
  const ours: number[] = []
  const restic: number[] = []
  for (let at = 0; at < (quick ? 3 : 7); at += 1) {
    ours.push(await timed(() => openTreeReader(place.repository).list(newest.treeId, {})))
    restic.push(await timed(() => runRestic(place.repository, ['ls', '--json', '--no-lock', newest.id, '/'])))
  }
  const rssMiB = await readerMemory(place.repository, made, 'open')
  return [lineOf({ bench: 'open', case: place.name, ours, peer: { name: 'restic ls', times: restic }, rssMiB })]
}
