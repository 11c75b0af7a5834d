import { resolve } from '../../engine/repository/resolve.ts'
import { openTreeReader } from '../../engine/repository/tree-reader.ts'
import { runRestic } from '../../test/restic.ts'
import type { Bench } from '../bench.ts'
import { lineOf, timed } from '../measure.ts'
import { readerMemory } from '../reader-memory.ts'
import { randomFrom } from '../repository/random.ts'

/**
 * A folder, the repository open. `nothing known`: each folder in another snapshot, from the root. `parents known`: as one
 * goes through a snapshot. restic opens the repository for each.
 */
export const browse: Bench = async ({ made, place, quick }) => {
  const random = randomFrom(1)
  const ours = quick ? 40 : 300
  const theirs = quick ? 3 : 10
  const wanted = Array.from({ length: ours }, () => ({
    folder: random.one(made.folders),
    snapshot: random.one(made.snapshots),
  }))
  const reader = openTreeReader(place.repository)
  const root = made.snapshots[0]?.treeId ?? ''
  await reader.list(root, {})

  const restic: number[] = []
  for (const { folder, snapshot } of wanted.slice(0, theirs)) {
    restic.push(await timed(() => runRestic(place.repository, ['ls', '--json', '--no-lock', snapshot.id, folder])))
  }
  const cold: number[] = []
  const known: number[] = []
  for (const { folder, snapshot } of wanted) {
    const open = async (): Promise<void> => {
      const treeId = await resolve(reader, { treeId: snapshot.treeId, path: folder }, {})
      // It may have been renamed or removed since.
      if (treeId !== undefined) await reader.list(treeId, {})
    }
    cold.push(await timed(open))
    const parent = folder.slice(0, folder.lastIndexOf('/'))
    const parentId = (await resolve(reader, { treeId: snapshot.treeId, path: parent }, {})) ?? ''
    const { treeId } = await reader.list(parentId, {})
    const sibling = random.one(treeId.filter((id) => id !== null))
    known.push(await timed(() => reader.list(sibling ?? '', {})))
  }
  const peer = { name: 'restic ls', times: restic }
  const rssMiB = await readerMemory(place.repository, made, 'browse')
  return [
    lineOf({ bench: 'browse', case: `nothing known, ${place.name}`, ours: cold, peer, rssMiB }),
    lineOf({ bench: 'browse', case: `parents known, ${place.name}`, ours: known, peer, rssMiB }),
  ]
}
