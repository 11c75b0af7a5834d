import { implement } from '@orpc/server'
import { agentContract } from '../contract/agent/index.ts'
import { Fault } from '../contract/errors.ts'
import { toColumns } from '../contract/shapes/columns.ts'
import { type ComparedLevel, changeColumnsSchema, type RollUpEvent } from '../contract/shapes/compare.ts'
import type { SearchEvent } from '../contract/shapes/search.ts'
import type { Snapshot } from '../contract/shapes/snapshot.ts'
import type { NodeColumns, NodeDetails } from '../contract/shapes/tree.ts'

export const implementAgent = implement(agentContract)

/** What a double is asked to look for. */
export interface AskedSearch {
  readonly repositoryId: string
  readonly snapshotIds: readonly string[] | null
}

/** What is in the repositories of an agent's double, and how it tells of it. */
export class ContentsDouble {
  readonly snapshots: Snapshot[] = []
  /** Names by tree id; a tree that is not here holds one file. */
  readonly trees = new Map<string, readonly string[]>()
  /** What a search tells. */
  search: (asked: AskedSearch, signal: AbortSignal) => AsyncGenerator<SearchEvent> = nothingFound
  /** What is in every file. */
  preview = async (): Promise<string> => 'hello'

  /** What a comparison tells. */
  rollUps: (signal: AbortSignal) => AsyncGenerator<RollUpEvent> = nothingDiffers

  addSnapshot(id: string, treeId: string): Snapshot {
    const made = { id, time: NOW, hostname: 'here', username: 'someone', paths: ['/etc'], tags: [], treeId }
    const snapshot = { ...made, files: 1, bytes: 1 }
    this.snapshots.unshift(snapshot)
    return snapshot
  }

  handlers(os: ReturnType<typeof implementAgent.use>) {
    return {
      snapshot: {
        list: os.snapshot.list.handler(() => toColumns(this.snapshots, SNAPSHOT_FIELDS)),
      },
      tree: {
        list: os.tree.list.handler(({ input: { treeId, offset, limit } }) => {
          const names = this.trees.get(treeId) ?? ['a\udc80']
          const nodes = filesOf(names.slice(offset, offset + limit))
          return { treeId, offset, total: names.length, nodes, servedBy: 'native' as const }
        }),
        node: os.tree.node.handler(({ input }) => ({ ...DETAILS, name: input.name })),
        totals: os.tree.totals.handler(() => ({ bytes: 1, files: 1, directories: 0, others: 0 })),
      },
      search: {
        find: os.search.find.handler(({ input, signal }) => this.search(input, signal ?? new AbortController().signal)),
      },
      version: {
        list: os.version.list.handler(() => {
          const series = toColumns(this.snapshots.toReversed(), ['id', 'time', 'hostname', 'treeId'])
          return { series, spans: [{ change: 'first seen' as const, first: 0, last: 0, node: FACTS }] }
        }),
      },
      compare: {
        level: os.compare.level.handler(() => NO_CHANGES),
        rollUps: os.compare.rollUps.handler(({ signal }) => this.rollUps(signal ?? new AbortController().signal)),
        changes: os.compare.changes.handler(async function* () {
          yield { kind: 'ended' as const, complete: true }
        }),
        renames: os.compare.renames.handler(() => ({ renames: { from: [], to: [], type: [] }, complete: true })),
        liveLevel: os.compare.liveLevel.handler(({ input: { path } }) => ({ ...NO_CHANGES, hostPath: path })),
        liveRollUps: os.compare.liveRollUps.handler(({ signal }) =>
          this.rollUps(signal ?? new AbortController().signal),
        ),
        liveChanges: os.compare.liveChanges.handler(async function* () {
          yield { kind: 'ended' as const, complete: true }
        }),
        liveNode: os.compare.liveNode.handler(({ input: { path } }) => ({ hostPath: path, node: null })),
        start: os.compare.start.handler(({ input }) => {
          throw new Fault('not_found', { what: 'snapshot', id: input.before })
        }),
        liveContents: os.compare.liveContents.handler(async () => {
          const content = Buffer.from(await this.preview())
          return { size: content.length, bytes: content.toString('base64'), same: null }
        }),
      },
      preview: {
        read: os.preview.read.handler(async () => {
          const content = Buffer.from(await this.preview())
          return { size: content.length, bytes: content.toString('base64') }
        }),
      },
    }
  }
}

const NOW = '2026-11-21T02:00:00.000Z'
const FACTS = { type: 'file' as const, size: 1, modified: NOW, mode: 0o644, treeId: null, linkTarget: null }

const SNAPSHOT_FIELDS = [
  'id',
  'time',
  'hostname',
  'username',
  'paths',
  'tags',
  'treeId',
  'files',
  'bytes',
] as const satisfies readonly (keyof Snapshot)[]

const DETAILS: Omit<NodeDetails, 'name'> = {
  ...FACTS,
  accessed: null,
  changed: null,
  uid: 0,
  gid: 0,
  user: 'root',
  group: 'root',
  inode: '1',
  links: 1,
  device: null,
  attributes: [],
  pieces: 1,
  error: '',
}

function filesOf(names: readonly string[]): NodeColumns {
  const fields = ['name', 'type', 'size', 'modified', 'mode', 'treeId', 'linkTarget'] as const
  return toColumns(
    names.map((name) => ({ name, ...FACTS })),
    fields,
  )
}

async function* nothingFound(): AsyncGenerator<SearchEvent> {
  yield { kind: 'begun', series: { id: [], time: [], hostname: [], treeId: [] } }
  yield { kind: 'ended', directories: 0, complete: true }
}

const NO_CHANGES: ComparedLevel = {
  offset: 0,
  total: 0,
  rows: changeColumnsSchema.parse(Object.fromEntries(Object.keys(changeColumnsSchema.shape).map((key) => [key, []]))),
}

async function* nothingDiffers(): AsyncGenerator<RollUpEvent> {
  const none = { added: 0, addedBytes: 0, removed: 0, removedBytes: 0, modified: 0, retyped: 0, metadata: 0 }
  yield { kind: 'ended', directories: 1, rollUp: { ...none, modifiedBytesBefore: 0, modifiedBytesAfter: 0 } }
}
