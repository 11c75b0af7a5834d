import { lstatSync, type Stats } from 'node:fs'
import { setImmediate as breathe } from 'node:timers/promises'
import { hostPath, parentOf } from '../../engine/restore/paths.ts'
import type { PlanItems } from '../../engine/restore/plan-items.ts'
import type { SavedFolder } from '../journal/saved-store.ts'

/** Items looked at before others have their turn. */
const PORTION = 2000
const PERMISSIONS = 0o7777

export interface SafetyPaths {
  /** What is there and would be changed or deleted, folders with all that is in them; none within another. */
  readonly paths: readonly string[]
  /** Folders that stay, but would get another mode, owner or time. */
  readonly folders: readonly SavedFolder[]
}

/** What must be saved of a host before a plan for its original paths is carried out, and `changing` folders get back what they were. */
export async function safetyPaths(items: PlanItems, changing: readonly SavedFolder[]): Promise<SafetyPaths> {
  const paths: string[] = []
  const folders = new Map<string, SavedFolder>()
  const whole = new Set<string>()
  const gone = goneFolders(items)
  for (const { path } of changing) saveFolder(folders, path)
  for (let at = 0; at < items.length; at += 1) {
    if (at % PORTION === PORTION - 1) await breathe()
    const action = items.action(at)
    if (action === 'skip' || action === 'unchanged') continue
    const path = items.path(at)
    const parent = parentOf(path)
    if (action === 'update' && items.type(at) === 'dir' && !items.differs(at).includes('type')) {
      saveFolder(folders, path)
      continue
    }
    // Whatever comes, goes or is written anew in a folder gives that another time.
    if (!gone.has(parent)) saveFolder(folders, parent)
    if (action === 'create' || gone.has(parent) || whole.has(path)) continue
    if (found(path) !== undefined) {
      whole.add(path)
      paths.push(path)
    }
  }
  return { paths, folders: [...folders.values()] }
}

/** Folders that go with all that is in them. */
function goneFolders(items: PlanItems): Set<string> {
  const gone = new Set<string>()
  for (let at = 0; at < items.length; at += 1) {
    if (items.action(at) === 'delete' && items.type(at) === 'dir') gone.add(items.path(at))
  }
  return gone
}

function saveFolder(folders: Map<string, SavedFolder>, path: string): void {
  if (folders.has(path)) return
  const stat = found(path)
  if (!stat?.isDirectory()) return
  const { mode, uid, gid, mtimeMs: modifiedMs } = stat
  folders.set(path, { path, mode: mode & PERMISSIONS, uid, gid, modifiedMs })
}

function found(path: string): Stats | undefined {
  return lstatSync(hostPath(path), { throwIfNoEntry: false })
}
