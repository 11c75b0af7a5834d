import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Fault } from '../../contract/errors.ts'
import { noise } from '../../test/noise.ts'
import { backUp, makeRepository, requireTool, runRestic, withoutRestic, writeFiles } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { readContents } from './contents.ts'
import { openTreeReader, type TreeReader } from './tree-reader.ts'
import { walk } from './walk.ts'

const ROUNDS = 6
const KEPT = 2

interface Remembered {
  readonly treeId: string
  /** What its files hold, by path. */
  readonly files: ReadonlyMap<string, string>
  forgotten: boolean
}

/** Files of a round: some are always the same, some change, some come and go. */
function filesOf(round: number): Record<string, string> {
  const files = Array.from({ length: 24 }, (_, at) => {
    const version = at % 3 === 0 ? 0 : at % 3 === 1 ? round : Math.floor(round / 2)
    const name = at % 8 === 7 ? `of-${round}` : 'file'
    return [`folder-${at % 5}/${name}-${at}`, noise(at * 100 + version, 30_000).toString('latin1')] as const
  })
  return Object.fromEntries(files)
}

async function read(reader: TreeReader, treeId: string): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  for await (const { path, node } of walk(reader, treeId, {})) {
    if (node.type !== 'file') continue
    files.set(path, (await readContents(reader, node, { limit: Number.POSITIVE_INFINITY })).toString())
  }
  return files
}

requireTool('restic')('a repository that is backed up to and pruned while it is read', () => {
  it('is read rightly or not at all, and what is still in it rightly', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path, files: filesOf(0) })
    const asMap = (files: Record<string, string>): Map<string, string> =>
      new Map(Object.entries(files).map(([path, text]) => [`/${path}`, text]))
    const snapshots: Remembered[] = [{ treeId: made.treeId, files: asMap(filesOf(0)), forgotten: false }]

    const write = async (): Promise<void> => {
      for (let round = 1; round <= ROUNDS; round += 1) {
        await rm(made.source, { recursive: true })
        await writeFiles(made.source, filesOf(round))
        const { treeId } = await backUp(made.repository, made.source)
        snapshots.push({ treeId, files: asMap(filesOf(round)), forgotten: false })
        for (const snapshot of snapshots.slice(0, -KEPT)) snapshot.forgotten = true
        const keep = ['--group-by', '', '--keep-last', String(KEPT)]
        await runRestic(made.repository, ['forget', '--prune', '--max-unused', '0', '--repack-small', ...keep])
      }
    }

    // Without restic, which would read what our own reader could not; without its cache, where pruned packs live on.
    const own = { ...withoutRestic(made.repository), cacheDirectory: join(directory.path, 'none') }
    let written = false
    let rightly = 0
    const lookOn = async (reader: TreeReader, first: number): Promise<void> => {
      for (let at = first; !written; at += 1) {
        const snapshot = snapshots[snapshots.length - 1 - (at % Math.min(snapshots.length, KEPT + 1))]
        if (snapshot === undefined) continue
        try {
          expect(await read(reader, snapshot.treeId)).toEqual(snapshot.files)
          rightly += 1
        } catch (error) {
          if (!(error instanceof Fault)) throw error
          expect([error.code, snapshot.forgotten]).toEqual(['tool_missing', true])
        }
      }
    }
    const reader = openTreeReader(own)
    const writing = write().finally(() => {
      written = true
    })
    await Promise.all([writing, lookOn(reader, 0), lookOn(reader, 1), lookOn(openTreeReader(own), 2)])

    expect(rightly).toBeGreaterThan(ROUNDS)
    for (const { treeId, files } of snapshots.slice(-KEPT)) expect(await read(reader, treeId)).toEqual(files)
    const [oldest] = snapshots
    const gone = openTreeReader(made.repository).nodes(oldest?.treeId ?? '', {})
    await expect(gone).rejects.toMatchObject({ code: 'not_found', data: { what: 'tree' } })
  })
})
