import { joined } from './paths.ts'
import { PlaceFinder } from './place-finder.ts'
import type { PreparedRestore } from './plan-restore.ts'
import { TargetView } from './target-view.ts'

/** A folder as it is now, of which a restore would set the metadata and no more. */
export interface KeptFolder {
  /** Absolute and exact. */
  readonly path: string
  /** Permission bits. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Milliseconds since 1970. */
  readonly modifiedMs: number
}

export interface SafetyPaths {
  /** What would be changed or deleted, absolute and exact; none is a folder that stays one. */
  readonly paths: readonly string[]
  readonly folders: readonly KeptFolder[]
}

/**
 * What must be saved before a plan is carried out over what is there already, so that there is a way back: exactly what it
 * would change or delete and is there now.
 */
export function safetyPaths(
  prepared: Pick<PreparedRestore, 'items' | 'tops'>,
  target: { readonly path: string },
): SafetyPaths {
  const { items } = prepared
  const view = new TargetView({ path: target.path, fresh: false })
  const finder = new PlaceFinder(prepared)
  const paths: string[] = []
  const folders: KeptFolder[] = []
  for (let at = 0; at < items.length; at += 1) {
    const action = items.action(at)
    if (action !== 'update' && action !== 'delete') continue
    const place = finder.place(at)
    const found = view.stat(place)
    if (found === undefined) continue
    const path = joined(target.path, place)
    if (action === 'delete' || !found.isDirectory() || items.type(at) !== 'dir') paths.push(path)
    else {
      const { uid, gid, mtimeMs: modifiedMs } = found
      folders.push({ path, mode: found.mode & 0o7777, uid, gid, modifiedMs })
    }
  }
  return { paths, folders }
}
