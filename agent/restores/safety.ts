import { hostname } from 'node:os'
import { setImmediate as breathe } from 'node:timers/promises'
import { safetyBackup } from '../../engine/restic/safety-backup.ts'
import type { Journal } from '../journal/open-journal.ts'
import type { Writing } from '../repositories/writing.ts'
import type { RunRecord } from '../runs/run-record.ts'
import type { PlannedRestore } from './planned-restore.ts'
import { safetyPaths } from './safety-paths.ts'

/** Rows in one transaction. */
const PORTION = 2000
/** Paths that a way back names one by one; of more, the nearest folder that holds them all stands for them. */
const NAMED = 256

/** Let restic write to the repository, in a unit of its own name where there are units. */
export type OpenForSaving = (unit: string) => Promise<Writing>

export interface SafetyWork {
  readonly journal: Journal
  readonly open: OpenForSaving
  readonly runId: string
  readonly planned: PlannedRestore
  readonly signal: AbortSignal
  readonly record: RunRecord
}

/**
 * Save exactly what a restore is going to change or delete, so that it can be gone back from: contents as a snapshot of
 * their own, and of folders that only get other metadata what they are, in the journal. Gives the snapshot; null when
 * there was nothing to save. Throws what `safetyBackup` throws: then nothing may be written.
 */
export async function takeSafety(work: SafetyWork): Promise<string | null> {
  const { journal, runId, record } = work
  const { paths, folders } = await safetyPaths(work.planned.prepared.items, work.planned.wanted.folders)
  const include = wayBack(paths)
  journal.saved.put(runId, { snapshotId: null, include })
  for (let at = 0; at < folders.length; at += PORTION) {
    journal.transaction(() => journal.saved.putFolders(runId, at, folders.slice(at, at + PORTION)))
    await breathe()
  }
  if (paths.length === 0) {
    record.log('info', 'There is nothing to save: nothing is changed or deleted that has contents.')
    return null
  }
  record.log('info', `Saving ${paths.length === 1 ? 'one path' : `${paths.length} paths`} before anything is written.`)
  const snapshotId = await save(work, paths)
  journal.saved.put(runId, { snapshotId, include })
  record.log('info', `Safety snapshot ${snapshotId.slice(0, 8)} is made.`)
  return snapshotId
}

async function save(work: SafetyWork, paths: readonly string[]): Promise<string> {
  const { runId, record, signal } = work
  await using opened = await work.open(`${runId}-safety`)
  if (opened.remark !== null) record.log('info', opened.remark)
  return await safetyBackup(opened.repository, {
    paths,
    runId,
    hostname: hostname(),
    signal,
    onProgress: ({ filesDone, bytesDone, currentItem }) =>
      record.progress({ phase: 'saving', filesDone, bytesDone, currentItem }),
  })
}

/** The snapshot has nothing but these paths, so that a folder above them stands for no more than they do. */
function wayBack(paths: readonly string[]): readonly string[] {
  if (paths.length <= NAMED) return paths
  const [first = '', ...others] = paths
  let folder = first
  for (const path of others) {
    while (folder !== '' && path !== folder && !path.startsWith(`${folder}/`))
      folder = folder.slice(0, folder.lastIndexOf('/'))
  }
  return [folder === '' ? '/' : folder]
}
