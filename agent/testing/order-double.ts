import { PlanItems } from '../../engine/restore/plan-items.ts'
import type { RestoreOrder } from '../restores/restore-order.ts'

interface OrderWanted {
  readonly restic: string
  readonly url: string
  readonly cacheDirectory: string
  readonly targetPath: string
  readonly paths: readonly string[]
}

/** An order to create some files of no contents, as one call of restic. */
export function orderOf({ restic, url, cacheDirectory, targetPath, paths }: OrderWanted): RestoreOrder {
  const items = new PlanItems()
  for (const [at, path] of paths.entries()) {
    const facts = { size: at, differs: [], comesAs: null, source: 0, mode: 0o640, uid: 1, gid: 2, modified: at + 0.25 }
    items.add({ path, type: 'file', action: 'create', ...facts })
  }
  const snapshotId = 'a'.repeat(64)
  const snapshotTime = '2026-01-05T10:00:00Z'
  const treeId = 'b'.repeat(64)
  const call = { patterns: { kind: 'everything' as const }, overwrite: 'always' as const, isPrivate: false }
  return {
    repository: {
      restic: { path: restic, version: '0.18.0' },
      access: { url, username: 'u', serverPassword: 's', password: 'line\nend' },
      cacheDirectory,
      mark: { RESTORE_RUN: 'one' },
    },
    target: { path: targetPath, fresh: true, free: null },
    manner: {
      target: { kind: 'path', path: targetPath },
      layout: 'full-path',
      conflicts: 'always',
      deleteExtra: false,
      readBack: false,
    },
    folders: [{ path: '/caf\udce9', mode: 0o2755, uid: 3, gid: 4, modifiedMs: 5.25 }],
    prepared: {
      hash: 'h',
      items,
      totals: items.totals(),
      files: items.length,
      bytes: 1000,
      passes: [
        {
          source: 0,
          snapshotId,
          snapshotTime,
          base: '/',
          treeId,
          folder: '/',
          byExcerpt: false,
          ...call,
          items: items.length,
        },
      ],
      commands: ['restic restore'],
      writablePaths: [targetPath],
      free: null,
      tops: null,
      unreadable: [],
    },
  }
}
