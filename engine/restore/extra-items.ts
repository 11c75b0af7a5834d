import type { Stats } from 'node:fs'
import type { ResticRepository } from '../restic/repository.ts'
import { typeOf } from './compare-node.ts'
import { repositoryFolder } from './own-places.ts'
import { isWithin, joined, nameOf } from './paths.ts'
import type { PlanItems } from './plan-items.ts'
import type { RuleNode } from './rules.ts'
import { choiceAt } from './rules.ts'
import type { TargetView } from './target-view.ts'

export interface ExtraQuestion {
  readonly repository: ResticRepository
  readonly view: TargetView
  /** Folders of which the snapshot's listing could not be read. */
  readonly unreadable: readonly string[]
}

/** What was selected of one snapshot, and what that is a snapshot of. */
export interface ExtraSource {
  readonly rules: RuleNode
  readonly paths: readonly string[]
}

/** What is in a folder of the host and of the snapshot. */
interface SharedFolder {
  readonly path: string
  readonly names: Set<string>
  readonly rules: RuleNode
}

/**
 * Add to a plan what selected folders hold on the host and not in the snapshot, deepest first within each folder. Only in
 * what was backed up: of the folders above it a snapshot knows nothing but the way. Never what a rule leaves out, what is in
 * a folder whose listing cannot be read, what lies on another file system, the repository, or a folder that has any of
 * these in it.
 */
export function addExtras(
  { repository, view, unreadable }: ExtraQuestion,
  items: PlanItems,
  bySource: ReadonlyMap<number, ExtraSource>,
): void {
  const own = repositoryFolder(repository)
  const keep = own === undefined ? [] : [own]
  for (const { path, names, rules } of sharedFolders(items, bySource)) {
    if (unreadable.includes(path)) continue
    const device = view.stat(path)?.dev
    for (const name of view.names(path)) {
      if (names.has(name)) continue
      new Extra({ view, items, rules, device, keep }).visit(joined(path, `/${name}`))
    }
  }
}

/**
 * Add what an earlier run created and is still there, folders after what is in them. A folder in which others have put
 * something since stays as it is.
 */
export function addRemovals(view: TargetView, items: PlanItems, remove: readonly string[]): void {
  const deepestFirst = remove.toSorted((left, right) => right.split('/').length - left.split('/').length)
  const gone = new Set<string>()
  for (const path of deepestFirst) {
    const found = view.stat(path)
    if (found === undefined) continue
    const stays = found.isDirectory() && view.names(path).some((name) => !gone.has(joined(path, `/${name}`)))
    if (!stays) gone.add(path)
    addFound(items, path, found, stays ? 'unchanged' : 'delete')
  }
}

interface ExtraContext {
  readonly view: TargetView
  readonly items: PlanItems
  readonly rules: RuleNode
  readonly device: number | undefined
  readonly keep: readonly string[]
}

class Extra {
  readonly #context: ExtraContext

  constructor(context: ExtraContext) {
    this.#context = context
  }

  /** Whether it is gone with all that is in it when the plan is carried out. */
  visit(path: string): boolean {
    const { view, items, rules, device, keep } = this.#context
    const found = view.stat(path)
    if (found === undefined) return true
    if (choiceAt(rules, path) === 'out' || found.dev !== device || keep.some((kept) => isWithin(kept, path)))
      return false
    if (found.isDirectory()) {
      const gone = view.names(path).map((name) => this.visit(joined(path, `/${name}`)))
      if (!gone.every(Boolean)) return false
    }
    addFound(items, path, found, 'delete')
    return true
  }
}

/** What is on the host and not from a snapshot. */
function addFound(items: PlanItems, path: string, found: Stats, action: 'delete' | 'unchanged'): void {
  items.add({
    path,
    type: typeOf(found),
    action,
    size: found.isFile() ? found.size : 0,
    differs: [],
    comesAs: null,
    source: -1,
    mode: found.mode & 0o7777,
    uid: found.uid,
    gid: found.gid,
    modified: found.mtimeMs,
  })
}

function sharedFolders(items: PlanItems, bySource: ReadonlyMap<number, ExtraSource>): SharedFolder[] {
  const folders = new Map<string, SharedFolder>()
  for (let at = 0; at < items.length; at += 1) {
    const path = items.path(at)
    const parent = path.slice(0, path.lastIndexOf('/')) || '/'
    folders.get(parent)?.names.add(nameOf(path))
    const source = bySource.get(items.source(at))
    const isThere = items.action(at) === 'update' || items.action(at) === 'unchanged'
    if (source === undefined || items.type(at) !== 'dir' || !isThere || items.differs(at).includes('type')) continue
    if (!source.paths.some((backedUp) => isWithin(path, backedUp))) continue
    const { rules } = source
    if (choiceAt(rules, path) === 'in') folders.set(path, { path, names: new Set(), rules })
  }
  return [...folders.values()]
}
