import { Fault } from '../../contract/errors.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import type { Layout } from '../../contract/shapes/restore.ts'
import { isWithin, nameOf, parentOf } from './paths.ts'
import { outermostTops, type RuleNode, readRules, rulesAt, type Top, topsOf } from './rules.ts'
import type { TargetView } from './target-view.ts'

/** Parts of a selection that restic restores from one folder of the snapshot to one folder of the target. */
export interface Group {
  /** The snapshot's folder: itself and what is above it are not touched. */
  readonly base: string
  /** The place in the target that stands for it; `/` is the target itself. */
  readonly folder: string
  /** What is chosen at and below `base`. */
  readonly rules: RuleNode
}

/** More calls of restic than this cost more, by its opening of the repository, than what a deeper folder saves. */
const GROUP_LIMIT = 32

/**
 * Cut a selection by where restic is to begin. In a fresh target at its root. Where something is there already, at the
 * deepest folder that is there, so that no folder above what is selected is touched; when that would be more than
 * `GROUP_LIMIT` folders, at folders that they have in common. Throws `conflict`: `target_unusable` for a link or a file on
 * the way, `same_name` when two selected items would have one place.
 */
export function groupSelection(rules: RuleNode, layout: Layout, view: TargetView): Group[] {
  if (layout === 'selected-only') return groupsByParent(rules)
  if (view.fresh) return topsOf(rules).length === 0 ? [] : [{ base: '/', folder: '/', rules }]
  const tops = topsOf(rules)
  const bases = new Map(tops.map((top) => [top.path, view.deepestFolder(parentOf(top.path))]))
  const shared = sharedBases(new Set(bases.values()))
  const byBase = new Map<string, Top[]>()
  for (const top of tops) {
    const own = bases.get(top.path) ?? '/'
    const base = shared.find((folder) => isWithin(own, folder)) ?? '/'
    listAt(byBase, base).push(top)
  }
  return [...byBase].map(([base, some]) => ({ base, folder: base, rules: rulesOf(some, base) }))
}

/** Each selected item at the top of the target, by its own name; what is selected within another stays in it. */
function groupsByParent(rules: RuleNode): Group[] {
  if (rules.choice === 'in') return [{ base: '/', folder: '/', rules }]
  const byBase = new Map<string, RuleNode[]>()
  for (const top of outermostTops(rules)) {
    const base = parentOf(top.path)
    listAt(byBase, base).push(top)
  }
  return [...byBase].map(([base, tops]) => {
    const children = new Map(tops.map((top) => [nameOf(top.path), top]))
    return { base, folder: '/', rules: { path: base, choice: 'out', children } }
  })
}

/** Throws `conflict` `same_name`. `tops` are the selected paths that come to stand at the top of the target. */
export function requireOwnNames(tops: readonly string[]): void {
  const known = new Set<string>()
  for (const top of tops) {
    const name = nameOf(top)
    if (known.has(name)) throw new Fault('conflict', { what: 'same_name', detail: showFileName(name) })
    known.add(name)
  }
}

/** At most `GROUP_LIMIT` folders, the deepest first, so that each of `bases` is one of them or within one. */
function sharedBases(bases: ReadonlySet<string>): string[] {
  let shared = new Set(bases)
  for (let depth = deepest(shared); shared.size > GROUP_LIMIT; depth -= 1) {
    shared = new Set([...shared].map((base) => (depthOf(base) === depth ? parentOf(base) : base)))
  }
  return [...shared].sort((left, right) => depthOf(right) - depthOf(left))
}

function rulesOf(tops: readonly Top[], base: string): RuleNode {
  const selection = { include: tops.map((top) => top.path), exclude: tops.flatMap((top) => top.leftOut) }
  const rules = rulesAt(readRules(selection), base)
  if (rules === undefined) throw new RangeError(`Nothing is selected below ${showFileName(base)}.`)
  return rules
}

function listAt<T>(lists: Map<string, T[]>, key: string): T[] {
  const known = lists.get(key) ?? []
  lists.set(key, known)
  return known
}

function deepest(paths: ReadonlySet<string>): number {
  return Math.max(...[...paths].map(depthOf))
}

function depthOf(path: string): number {
  return path === '/' ? 0 : path.split('/').length - 1
}
