import type { RestoreSource, Selection } from '../../../contract/shapes/restore.ts'

/** What is selected in one snapshot. */
export interface BasketSource extends RestoreSource {
  /** Things chosen: a directory with all that is in it is one. */
  readonly count: number
  /** Bytes of what is chosen, as far as its directories have been read. */
  readonly bytes: number
  /** False while a chosen directory has not been read, so that there may be more bytes. */
  readonly exact: boolean
}

/** One path of one snapshot. */
export interface BasketItem {
  readonly snapshotId: string
  readonly path: string
  /** How many rules below it leave something out. */
  readonly without: number
}

/** A path that would come from two snapshots. */
export interface Clash {
  readonly one: Omit<BasketItem, 'without'>
  /** The same path of another snapshot, or one that holds it. */
  readonly other: Omit<BasketItem, 'without'>
}

/** The items of a snapshot's selection, each with how much is left out below it. */
export function itemsOf({ snapshotId, selection }: RestoreSource): readonly BasketItem[] {
  const without = new Map<string, number>()
  const rules = rulesOf(selection)
  for (const path of selection.exclude) {
    const parent = nearestRule(rules, parentOf(path))
    if (parent !== null) without.set(parent, (without.get(parent) ?? 0) + 1)
  }
  return selection.include.map((path) => ({ snapshotId, path, without: without.get(path) ?? 0 }))
}

/**
 * The paths that would come from two snapshots: a restore refuses them, for only one can be there afterwards. Two
 * selections meet just where a path that one of them names is in the other; each meeting is told once.
 */
export function clashesOf(sources: readonly RestoreSource[]): readonly Clash[] {
  const all = sources.map(({ snapshotId, selection }) => ({ snapshotId, selection, rules: rulesOf(selection) }))
  return all.flatMap((one, at) =>
    all.flatMap((other, otherAt) => {
      if (at === otherAt) return []
      return one.selection.include.flatMap((path): Clash[] => {
        const holder = nearestRule(other.rules, path)
        if (holder === null || other.rules.get(holder) !== true) return []
        // The same path in both is met from either side.
        if (holder === path && otherAt < at) return []
        return [{ one: { snapshotId: one.snapshotId, path }, other: { snapshotId: other.snapshotId, path: holder } }]
      })
    }),
  )
}

/** `true` for what is in, `false` for what is out, by path. */
function rulesOf({ include, exclude }: Selection): ReadonlyMap<string, boolean> {
  return new Map([
    ...include.map((path): [string, boolean] => [path, true]),
    ...exclude.map((path): [string, boolean] => [path, false]),
  ])
}

/** The path of the rule that decides about a path: its own, or that of the nearest folder above it. */
function nearestRule(rules: ReadonlyMap<string, boolean>, path: string): string | null {
  let at = path
  for (;;) {
    if (rules.has(at)) return at
    if (at === '/') return null
    at = parentOf(at)
  }
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/'
}
