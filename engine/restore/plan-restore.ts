import { type Fault, refused } from '../../contract/errors.ts'
import type { PlanTotals, RestoreManner } from '../../contract/shapes/restore.ts'
import { canExcerpt } from '../repository/excerpt/open-excerpt.ts'
import type { TreeReader } from '../repository/tree-reader.ts'
import type { ResticRepository } from '../restic/repository.ts'
import type { CheckedTarget } from './check-target.ts'
import { commandsOf } from './commands.ts'
import { compareContents } from './compare-contents.ts'
import { DraftPlan, type FolderState } from './draft-plan.ts'
import { addExtras, addRemovals } from './extra-items.ts'
import { requireOwnNames } from './groups.ts'
import { refuseOwnPlaces } from './own-places.ts'
import { askedOf, hashOf } from './plan-hash.ts'
import type { PlanItems } from './plan-items.ts'
import { keepBothPasses, withoutBlocked } from './plan-passes.ts'
import { EXCERPT_FROM, type RestorePass } from './restore-pass.ts'
import { type PlannedSource, SourcePlan } from './source-plan.ts'
import { TargetView } from './target-view.ts'
import { freeWhere, writablePathsOf } from './where-written.ts'

export type { PlannedSource } from './source-plan.ts'

export interface RestoreQuestion {
  readonly repository: ResticRepository
  readonly reader: Pick<TreeReader, 'nodes' | 'list' | 'contents' | 'atOnce'>
  /** In the order of the request; none only where `remove` is all there is to do. */
  readonly sources: readonly PlannedSource[]
  readonly manner: RestoreManner
  /** As `checkTarget` gave it. */
  readonly target: CheckedTarget
  /** Of a revert: exact paths on the host that the earlier run created; deleted where they are still there. */
  readonly remove: readonly string[]
  /** With more patterns than this restic is shown an excerpt; `EXCERPT_FROM` unless given. */
  readonly excerptFrom?: number
  readonly signal?: AbortSignal | undefined
}

/** What a restore will do, item by item, and how. Plain values all of it, but for the items (`PlanItems.portions`). */
export interface PreparedRestore {
  /** SHA-256, hexadecimal, over what was asked and every item. The name of a staging folder is not part of it. */
  readonly hash: string
  readonly items: PlanItems
  readonly totals: PlanTotals
  /** Files among what will be created or updated, and their bytes. */
  readonly files: number
  readonly bytes: number
  /** What restic is asked, call by call. */
  readonly passes: readonly RestorePass[]
  /** The same for people who have a restic at hand: one line each, names shown and not exact. */
  readonly commands: readonly string[]
  /** Folders, absolute, that the run must be let write to. */
  readonly writablePaths: readonly string[]
  /** Bytes free where it writes; null where that cannot be told, or there are several file systems. */
  readonly free: number | null
  /** What was selected, as snapshot paths, where each comes to stand at the top of the target; null where items keep their paths. */
  readonly tops: readonly string[] | null
  /** Selected folders of which the repository cannot give the listing: what is in them is not planned, and cannot be restored. */
  readonly unreadable: readonly string[]
}

/**
 * Find out what a restore would do: every item of it from the snapshots' trees, and over what is there already from a look
 * at it and restic's own dry run. Writes nothing, neither on this host nor in the repository. Throws `not_found` (path) for
 * a selected path that the snapshot does not have, `conflict` (`target_unusable`, `two_versions`, `same_name`),
 * `invalid_input` when nothing of what is selected can be restored, `cancelled`, and what opening a repository throws.
 */
export async function planRestore(question: RestoreQuestion): Promise<PreparedRestore> {
  const { manner, target } = question
  const view = new TargetView(target)
  const excerptFrom = canExcerpt(question.repository)
    ? (question.excerptFrom ?? EXCERPT_FROM)
    : Number.POSITIVE_INFINITY
  const sources = question.sources
    .map((source, at) => new SourcePlan(source, at, { ...question, excerptFrom }))
    .sort(byWhatIsAsked)
  const tops = manner.layout === 'selected-only' ? sources.flatMap((source) => source.tops()) : null
  if (tops !== null) requireOwnNames(tops)
  const { draft, passes } = await draftOf(question, sources, view)
  const { items } = draft
  if (manner.deleteExtra && manner.target.kind === 'in-place') {
    const bySource = new Map(sources.map(({ at, rules, source }) => [at, { rules, paths: source.snapshot.paths }]))
    addExtras({ repository: question.repository, view, unreadable: draft.unreadable }, items, bySource)
  }
  addRemovals(view, items, question.remove)
  if (!hasSomething(items)) throw nothingSelected()
  if (!view.fresh) refuseOwnPlaces(question.repository, view, { items, tops })
  return {
    hash: hashOf({ sources: sources.map(({ source }) => source), manner }, items),
    items,
    totals: items.totals(),
    ...filesAmong(items),
    passes,
    commands: commandsOf({ repository: question.repository, manner, view }, passes, items),
    writablePaths: writablePathsOf({ manner, view }, passes, items),
    free: target.fresh ? target.free : freeWhere(passes.map((pass) => view.absolute(pass.folder))),
    tops,
    unreadable: draft.unreadable,
  }
}

interface Drafted {
  readonly draft: DraftPlan
  readonly passes: readonly RestorePass[]
}

async function draftOf(question: RestoreQuestion, sources: readonly SourcePlan[], view: TargetView): Promise<Drafted> {
  const { manner } = question
  const ownership = manner.target.kind === 'in-place' && process.geteuid?.() === 0
  const comparison = { view, conflicts: manner.conflicts, ownership }
  const draft = new DraftPlan({ comparison, severalSources: sources.length > 1 })
  const passes: RestorePass[] = []
  for (const source of sources) {
    for (const group of source.groups(view)) {
      for (const pass of await source.passesOf(group)) {
        const placed = { ...pass, at: passes.length }
        passes.push(
          await source.walk<FolderState>(pass, {
            above: draft.begin(pass),
            visit: (found, above) => draft.add(found, above, placed),
            onUnread: (path) => draft.unreadable.push(path),
          }),
        )
      }
    }
  }
  await compareContents(question, { draft, passes, view })
  if (manner.conflicts === 'keep-both' && !view.fresh) {
    return { draft, passes: await keepBothPasses(sources, draft.items, view) }
  }
  return { draft, passes: draft.blocked.length === 0 ? passes : await withoutBlocked(sources, passes, draft.blocked) }
}

/** The order in which a request names its sources changes nothing. */
function byWhatIsAsked(left: SourcePlan, right: SourcePlan): number {
  const [one, other] = [left, right].map(({ source }) => askedOf(source.snapshot.id, source.selection))
  return (one ?? '') < (other ?? '') ? -1 : 1
}

/** What only cannot be restored is nothing. */
function hasSomething(items: PlanItems): boolean {
  for (let at = 0; at < items.length; at += 1) {
    if (items.type(at) !== 'socket' || items.action(at) === 'delete') return true
  }
  return false
}

function filesAmong(items: PlanItems): { files: number; bytes: number } {
  let files = 0
  let bytes = 0
  for (let at = 0; at < items.length; at += 1) {
    const action = items.action(at)
    if (items.type(at) !== 'file' || (action !== 'create' && action !== 'update')) continue
    files += 1
    bytes += items.size(at)
  }
  return { files, bytes }
}

function nothingSelected(): Fault<'invalid_input'> {
  return refused(['selection'], 'nothing_restorable')
}
