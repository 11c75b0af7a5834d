import { lstatSync, rmdirSync, unlinkSync, utimesSync } from 'node:fs'
import { typeOf } from './compare-node.ts'
import { hostPath, joined, parentOf } from './paths.ts'
import type { PlanItems } from './plan-items.ts'
import type { LedgerException } from './restore-event.ts'
import { isSameTime } from './stored-time.ts'

/**
 * Delete what a plan says, each looked at again just before: what is another than it was then stays and is failed, and so
 * does a folder that came to hold something. Folders in which something was deleted keep the time that the plan has of them.
 */
export function deleteItems(items: PlanItems, targetPath: string): LedgerException[] {
  const exceptions: LedgerException[] = []
  const touched = new Set<string>()
  for (let at = 0; at < items.length; at += 1) {
    if (items.action(at) !== 'delete') continue
    const reason = deleteOne(items, at, joined(targetPath, items.path(at)))
    if (reason === null) touched.add(parentOf(items.path(at)))
    else exceptions.push({ at, action: 'failed', reason })
  }
  setTimes(items, touched, targetPath)
  return exceptions
}

function deleteOne(items: PlanItems, at: number, path: string): string | null {
  try {
    const found = lstatSync(hostPath(path), { throwIfNoEntry: false })
    // Gone is what it was to be.
    if (found === undefined) return null
    const type = items.type(at)
    const changed =
      typeOf(found) !== type ||
      (type === 'file' && (found.size !== items.size(at) || !isSameTime(found.mtimeMs, items.modified(at))))
    if (changed) return 'It has changed since the plan was made, and stays. Plan again.'
    if (type === 'dir') rmdirSync(hostPath(path))
    else unlinkSync(hostPath(path))
    return null
  } catch (error) {
    return messageOf(error)
  }
}

function messageOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOTEMPTY' || code === 'EEXIST')
    return 'It holds something that was not there when the plan was made, and stays. Plan again.'
  return error instanceof Error ? error.message : String(error)
}

function setTimes(items: PlanItems, folders: ReadonlySet<string>, targetPath: string): void {
  if (folders.size === 0) return
  for (let at = 0; at < items.length; at += 1) {
    if (items.type(at) !== 'dir' || items.action(at) === 'delete' || !folders.has(items.path(at))) continue
    const path = hostPath(joined(targetPath, items.path(at)))
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (found?.isDirectory()) utimesSync(path, found.atimeMs / 1000, items.modified(at) / 1000)
  }
}
