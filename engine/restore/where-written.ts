import { statfsSync } from 'node:fs'
import type { RestoreManner } from '../../contract/shapes/restore.ts'
import { isWithin, parentOf } from './paths.ts'
import type { PlanItems } from './plan-items.ts'
import type { RestorePass } from './restore-pass.ts'
import type { TargetView } from './target-view.ts'

export interface WrittenQuestion {
  readonly manner: RestoreManner
  readonly view: TargetView
}

/** Folders, absolute and none within another, that a run must be let write to. */
export function writablePathsOf(
  { manner, view }: WrittenQuestion,
  passes: readonly RestorePass[],
  items: PlanItems,
): string[] {
  if (manner.target.kind !== 'in-place') return [view.root]
  const folders = new Set(passes.map((pass) => pass.folder))
  for (let at = 0; at < items.length; at += 1) if (items.action(at) === 'delete') folders.add(parentOf(items.path(at)))
  const sorted = [...folders].sort((left, right) => left.length - right.length)
  const kept: string[] = []
  for (const folder of sorted) if (!kept.some((other) => isWithin(folder, other))) kept.push(folder)
  return kept.map((folder) => view.absolute(folder))
}

/** Bytes free where something is written; null where that cannot be told, or where it is several file systems. */
export function freeWhere(folders: readonly string[]): number | null {
  const devices = new Set<string>()
  let free: number | null = null
  for (const folder of folders) {
    try {
      const { bavail, bsize, blocks, type } = statfsSync(folder)
      devices.add(`${type} ${blocks}`)
      free = bavail * bsize
    } catch {
      return null
    }
  }
  return devices.size === 1 ? free : null
}
