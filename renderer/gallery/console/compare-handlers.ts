import { Fault } from '../../../contract/errors.ts'
import { changeEvents, changesAt, columnsOf, liveChangesAt, rollUpEvents } from './changes.ts'
import { nodeDetailsAt, previewOf } from './contents.ts'
import type { Implementation } from './implementation.ts'
import { liveChangeEvents, liveRollUpEvents } from './live-changes.ts'
import { start } from './start-run.ts'
import type { World } from './world.ts'

/** What differs: the same between any two snapshots, and much of it between a snapshot and the host now. */
export function ofCompare(os: Implementation, world: World) {
  return {
    compare: {
      level: os.compare.level.handler(({ input: { offset, limit, ...pair } }) => {
        const rows = world.alike ? [] : changesAt(pair)
        if (rows === undefined) throw new Fault('not_found', { what: 'tree', id: pair.after ?? pair.before ?? '' })
        return { offset, total: rows.length, rows: columnsOf(rows.slice(offset, offset + limit)) }
      }),
      rollUps: os.compare.rollUps.handler(({ input }) => rollUpEvents(world.slow.has(input.repositoryId))),
      changes: os.compare.changes.handler(async function* ({ input }) {
        yield* changeEvents(input)
      }),
      renames: os.compare.renames.handler(() => ({
        renames: { from: ['/srv/old-share/scan.pdf'], to: ['/srv/share/scan.pdf'], type: ['file'] },
        complete: true,
      })),
      liveLevel: os.compare.liveLevel.handler(({ input: { path, offset, limit } }) => {
        const rows = liveChangesAt(path)
        return { offset, total: rows.length, rows: columnsOf(rows.slice(offset, offset + limit)), hostPath: path }
      }),
      liveRollUps: os.compare.liveRollUps.handler(({ input }) => liveRollUpEvents(world.slow.has(input.repositoryId))),
      liveChanges: os.compare.liveChanges.handler(async function* ({ input }) {
        yield* liveChangeEvents(input)
      }),
      liveNode: os.compare.liveNode.handler(({ input: { path } }) => {
        const node = nodeDetailsAt(path)
        return { hostPath: path, node: node === undefined ? null : { ...node, user: '', group: '', attributes: [] } }
      }),
      liveContents: os.compare.liveContents.handler(({ input: { path, limit } }) => {
        const preview = previewOf(path, limit, 'now')
        if (preview === undefined) throw new Fault('not_found', { what: 'file', id: path })
        return { ...preview, same: false }
      }),
      start: os.compare.start.handler(({ input: { hostId, before, after, metadata, ...asked } }) => {
        const side = (snapshotId: string) => ({
          snapshotId,
          snapshotTime:
            world.snapshots.get(asked.repositoryId)?.find(({ id }) => id === snapshotId)?.time ??
            new Date().toISOString(),
        })
        const subject = { kind: 'diff' as const, before: side(before), after: side(after), metadata, summary: null }
        return start(world, hostId, { ...asked, subject })
      }),
    },
  }
}
