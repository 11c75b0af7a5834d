import { outlineOf } from './plan-hash.ts'
import type { PlanItems } from './plan-items.ts'

/** How many items a plan has that an earlier one had not, or otherwise, and how many it lacks. */
export interface Drift {
  readonly added: number
  readonly changed: number
  readonly removed: number
}

/** What has become other between two plans of one question. */
export function driftBetween(earlier: PlanItems, now: PlanItems): Drift {
  const known = new Map<string, number>()
  for (let at = 0; at < earlier.length; at += 1) known.set(earlier.path(at), at)
  let added = 0
  let changed = 0
  for (let at = 0; at < now.length; at += 1) {
    const before = known.get(now.path(at))
    known.delete(now.path(at))
    if (before === undefined) added += 1
    else if (outlineOf(earlier, before) !== outlineOf(now, at)) changed += 1
  }
  return { added, changed, removed: known.size }
}
