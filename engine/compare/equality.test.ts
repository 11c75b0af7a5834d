import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { backUpDays } from '../../test/equality/changing-files.ts'
import { lossy } from '../../test/equality/own-view.ts'
import { type MadeRepository, makeRepository, requireTool, runRestic, withoutRestic } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import type { RollUp } from '../../contract/shapes/compare.ts'
import { openTreeReader, type TreeReader } from '../repository/tree-reader.ts'
import { modifierOf } from './change.ts'
import { compareLevel } from './compare-level.ts'
import { listChanges } from './list-changes.ts'
import { add, count, emptyTally } from './roll-up.ts'
import { rollUps } from './roll-ups.ts'

const DAYS = 10
const FIVE_MINUTES = 300_000

interface Snapshot {
  readonly snapshotId: string
  readonly treeId: string
}

interface Statistics {
  readonly changed_files: number
  readonly added: { readonly files: number; readonly dirs: number; readonly others: number }
  readonly removed: { readonly files: number; readonly dirs: number; readonly others: number }
}

requireTool('restic')('a comparison of two snapshots', () => {
  const directory = temporaryDirectory()
  let made: MadeRepository
  let snapshots: readonly Snapshot[]
  let reader: TreeReader
  beforeAll(async () => {
    made = await makeRepository({ directory: join(directory.path), files: { first: 'first' } })
    const source = join(directory.path, 'changing')
    snapshots = await backUpDays(made.repository, source, { days: DAYS, seed: 7 })
    reader = openTreeReader(withoutRestic(made.repository))
  }, FIVE_MINUTES)
  afterAll(() => directory[Symbol.asyncDispose]())

  /** Every two of them, the earlier first; some also the other way round, and one beside itself. */
  function pairs(): [Snapshot, Snapshot][] {
    const forth = snapshots.flatMap((one, at) => snapshots.slice(at).map((other): [Snapshot, Snapshot] => [one, other]))
    return [
      ...forth,
      ...forth.filter((_, at) => at % 6 === 1).map(([one, other]): [Snapshot, Snapshot] => [other, one]),
    ]
  }

  async function restic(one: Snapshot, other: Snapshot, metadata: boolean) {
    const args = ['diff', '--json', '--no-lock', ...(metadata ? ['--metadata'] : []), one.snapshotId, other.snapshotId]
    const lines = (await runRestic(made.repository, args)).trim().split('\n')
    const parsed = lines.map((line) => JSON.parse(line) as { path: string; modifier: string } | Statistics)
    const statistics = parsed.pop() as Statistics
    return {
      changes: (parsed as { path: string; modifier: string }[]).map(({ path, modifier }) => `${modifier} ${path}`),
      statistics,
    }
  }

  async function ours(one: Snapshot, other: Snapshot, metadata: boolean): Promise<string[]> {
    const lines: string[] = []
    for await (const { path, change } of listChanges(reader, { before: one.treeId, after: other.treeId }, {})) {
      const modifier = modifierOf(change, { metadata })
      if (modifier !== '') lines.push(`${modifier} ${lossy(path)}`)
    }
    return lines
  }

  it.each([false, true])(
    'tells what restic diff tells, in its order, of every two snapshots; with metadata: %s',
    async (metadata) => {
      const seen = new Set<string>()
      for (const [one, other] of pairs()) {
        const theirs = await restic(one, other, metadata)
        expect(await ours(one, other, metadata)).toEqual(theirs.changes)
        for (const change of theirs.changes) seen.add(change.split(' ')[0] ?? '')
      }
      expect([...seen].toSorted()).toEqual(metadata ? ['+', '-', 'M', 'TU', 'U'] : ['+', '-', 'M', 'T'])
    },
    FIVE_MINUTES,
  )

  it(
    'rolls up to what restic counts, and to what its list adds up to in each folder',
    async () => {
      for (const [one, other] of pairs()) {
        const pair = { before: one.treeId, after: other.treeId }
        const { statistics } = await restic(one, other, false)
        const counted = new Map<string, RollUp>()
        for await (const { path, rollUp } of rollUps(reader, pair, {})) counted.set(path, rollUp)
        const whole = counted.get('') ?? emptyTally()
        const sum = ({ files, dirs, others }: Statistics['added']): number => files + dirs + others
        expect([whole.added, whole.removed, whole.modified]).toEqual([
          sum(statistics.added),
          sum(statistics.removed),
          statistics.changed_files,
        ])
        for (const [path, rollUp] of counted) expect([path, rollUp]).toEqual([path, await addedUp(pair, path)])
      }
    },
    FIVE_MINUTES,
  )

  async function addedUp(pair: { before: string; after: string }, folder: string): Promise<RollUp> {
    const tally = emptyTally()
    for await (const node of listChanges(reader, pair, {})) {
      if (node.path.startsWith(`${folder}/`) && node.path !== `${folder}/`) count(tally, node.change, node)
    }
    return tally
  }

  it('has on its levels what the list has, and the roll-ups that are known', async () => {
    const [one, other] = [snapshots[0], snapshots.at(-1)]
    const listed: string[] = []
    for await (const { path, change } of listChanges(reader, pairOf(one, other), {}))
      listed.push(`${change.kind} ${path}`)
    const found: string[] = []
    const visit = async (before: string | null, after: string | null, folder: string): Promise<RollUp> => {
      const tally = emptyTally()
      for (const row of await compareLevel(reader, { before, after }, { all: false })) {
        const isFolder = (row.after ?? row.before)?.type === 'dir'
        found.push(`${row.kind} ${folder}${row.name}${isFolder ? '/' : ''}`)
        count(tally, row, row)
        if (row.kind === 'retyped' || !isFolder) continue
        const below = await visit(row.before?.treeId ?? null, row.after?.treeId ?? null, `${folder}${row.name}/`)
        expect([row.name, row.rollUp ?? emptyTally()]).toEqual([row.name, below])
        add(tally, below)
      }
      return tally
    }
    for await (const _ of rollUps(reader, pairOf(one, other), {}));
    await visit(one?.treeId ?? null, other?.treeId ?? null, '/')
    expect(found.toSorted()).toEqual(listed.toSorted())
  })

  it('shows beside the changes what is the same, folders first', async () => {
    const [one, other] = [snapshots[0], snapshots[1]]
    const rows = await compareLevel(reader, pairOf(one, other), { all: true })
    const names = new Set(rows.map(({ name }) => name))
    for (const snapshot of [one, other]) {
      for (const name of (await reader.list(snapshot?.treeId ?? '', {})).name) expect(names).toContain(name)
    }
    const isFolder = rows.map(({ before, after }) => (after ?? before)?.type === 'dir')
    expect(isFolder.lastIndexOf(true)).toBeLessThan(isFolder.indexOf(false))
  })
})

function pairOf(one: Snapshot | undefined, other: Snapshot | undefined) {
  return { before: one?.treeId ?? null, after: other?.treeId ?? null }
}
