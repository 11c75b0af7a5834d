import { joined, parentOf } from './paths.ts'
import type { PlanItems } from './plan-items.ts'
import type { PassDraft, RestorePass } from './restore-pass.ts'
import { choiceAt, readRules, rulesAt } from './rules.ts'
import type { SourcePlan } from './source-plan.ts'
import type { TargetView } from './target-view.ts'

/** A snapshot path that a pass must not restore, since what is in its place stays. */
export interface BlockedPath {
  /** The pass by its place. */
  readonly pass: number
  readonly path: string
}

/** The same passes without what they must not restore: restic would remove what is in a folder's place, in every mode. */
export async function withoutBlocked(
  sources: readonly SourcePlan[],
  passes: readonly RestorePass[],
  blocked: readonly BlockedPath[],
): Promise<RestorePass[]> {
  const kept: RestorePass[] = []
  for (const [at, pass] of passes.entries()) {
    const leftOut = blocked.filter((path) => path.pass === at).map(({ path }) => path)
    if (leftOut.length === 0) kept.push(pass)
    else kept.push(...(await passesAgain(sources, pass, leftOut)))
  }
  return kept
}

async function passesAgain(
  sources: readonly SourcePlan[],
  pass: RestorePass,
  leftOut: readonly string[],
): Promise<RestorePass[]> {
  const source = sources.find(({ at }) => at === pass.source)
  const { base, folder, patterns } = pass
  const paths = patterns.kind === 'everything' ? [] : patterns.paths.map((path) => joined(base, path))
  const include = patterns.kind === 'include' ? paths : [base]
  const exclude = [...(patterns.kind === 'exclude' ? paths : []), ...leftOut]
  const rules = rulesAt(readRules({ include, exclude }), base)
  if (source === undefined || rules === undefined) return []
  return await counted(source, await source.passesOf({ base, folder, rules }))
}

/**
 * What restic is asked where both are kept: only what is not there, or comes beside what is, each time to a private folder
 * from which it is moved.
 */
export async function keepBothPasses(
  sources: readonly SourcePlan[],
  items: PlanItems,
  view: TargetView,
): Promise<RestorePass[]> {
  const passes: RestorePass[] = []
  for (const source of sources) {
    const include = createdTops(source, items)
    if (include.length === 0) continue
    const rules = readRules({
      include: [
        ...include,
        ...source.source.selection.include.filter((path) => include.some((top) => path.startsWith(`${top}/`))),
      ],
      exclude: source.source.selection.exclude,
    })
    for (const group of source.groups(view)) {
      const some = rulesAt(rules, group.base)
      if (some === undefined) continue
      const drafts = await source.passesOf({ ...group, rules: some })
      passes.push(
        ...(await counted(
          source,
          drafts.map((draft) => ({ ...draft, isPrivate: true })),
        )),
      )
    }
  }
  return passes
}

/** Selected items that will be created and are in no selected folder that will be. */
function createdTops({ at: source, rules }: SourcePlan, items: PlanItems): string[] {
  const created = new Set<string>()
  const tops: string[] = []
  for (let at = 0; at < items.length; at += 1) {
    if (items.source(at) !== source || items.action(at) !== 'create') continue
    const path = items.path(at)
    if (choiceAt(rules, path) === 'out') continue
    if (!created.has(parentOf(path))) tops.push(path)
    if (items.type(at) === 'dir') created.add(path)
  }
  return tops
}

async function counted(source: SourcePlan, drafts: readonly PassDraft[]): Promise<RestorePass[]> {
  const passes: RestorePass[] = []
  for (const draft of drafts)
    passes.push(await source.walk(draft, { above: null, visit: () => null, onUnread: () => undefined }))
  return passes
}
