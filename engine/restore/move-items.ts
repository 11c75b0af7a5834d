import { linkSync, lstatSync, renameSync, unlinkSync } from 'node:fs'
import type { Heard } from './heard.ts'
import { hostPath, joined, parentOf, relativeTo } from './paths.ts'
import { PlaceFinder } from './place-finder.ts'
import type { PreparedRestore } from './plan-restore.ts'
import type { RestorePass } from './restore-pass.ts'

export interface MoveRequest {
  readonly prepared: PreparedRestore
  readonly target: { readonly path: string }
  readonly pass: RestorePass
  /** Holds what the pass restored, by paths below its base. */
  readonly privateFolder: string
  readonly heard: Heard
}

/**
 * Give everything that a pass restored to a private folder its place, without ever taking another's: what came to be there
 * since the plan stays, and the item is failed. A folder that is new goes as a whole.
 */
export function moveItems({ prepared, target, pass, privateFolder, heard }: MoveRequest): void {
  const { items } = prepared
  const finder = new PlaceFinder(prepared)
  const moved = new Set<string>()
  for (let at = 0; at < items.length; at += 1) {
    if (items.source(at) !== pass.source || items.action(at) !== 'create') continue
    const path = items.path(at)
    if (moved.has(parentOf(path)) || heard.failures.has(at)) {
      if (items.type(at) === 'dir') moved.add(path)
      continue
    }
    const from = joined(privateFolder, relativeTo(pass.base, path))
    const to = joined(target.path, finder.place(at))
    if (!isThere(from)) continue
    if (items.type(at) === 'dir') moved.add(path)
    const message = moveOne(from, to, items.type(at) === 'dir')
    if (message !== null) heard.failures.set(at, { message, verifying: false, alike: 1 })
  }
}

/** Null when it is done, else what is in the way. */
function moveOne(from: string, to: string, isFolder: boolean): string | null {
  if (isThere(to)) return 'Something came to be in its place since the plan was made. Plan again.'
  try {
    if (isFolder) renameSync(hostPath(from), hostPath(to))
    else moveByLink(from, to)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Unlike a rename, a link never takes the place of another file. */
function moveByLink(from: string, to: string): void {
  linkSync(hostPath(from), hostPath(to))
  unlinkSync(hostPath(from))
}

function isThere(path: string): boolean {
  return lstatSync(hostPath(path), { throwIfNoEntry: false }) !== undefined
}
