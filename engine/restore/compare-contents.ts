import { closeSync, constants, openSync, readSync } from 'node:fs'
import type { Difference, RestoreManner } from '../../contract/shapes/restore.ts'
import type { TreeReader } from '../repository/tree-reader.ts'
import type { ResticRepository } from '../restic/repository.ts'
import type { DraftPlan, Unread } from './draft-plan.ts'
import { dryRun, type Said } from './dry-run.ts'
import { hasOtherNames, keyOf } from './hard-links.ts'
import { hostPath } from './paths.ts'
import type { RestorePass } from './restore-pass.ts'
import type { TargetView } from './target-view.ts'

export interface ContentsQuestion {
  readonly repository: ResticRepository
  readonly reader: Pick<TreeReader, 'contents'>
  readonly manner: RestoreManner
  readonly signal?: AbortSignal | undefined
}

interface ContentsDraft {
  readonly draft: DraftPlan
  readonly passes: readonly RestorePass[]
  readonly view: TargetView
}

/**
 * Settle the files of which size and place fit and nobody knows whether their content does: restic's dry run reads them
 * and compares their hashes. Where it prints several names alike and says different things of them, we read those files
 * and the snapshot's. Writes nothing. Throws what opening a repository throws, and `cancelled`.
 */
export async function compareContents(question: ContentsQuestion, draft: ContentsDraft): Promise<void> {
  const byPass = Map.groupBy(draft.draft.unread, ({ pass }) => pass)
  for (const [at, unread] of byPass) {
    const pass = draft.passes[at]
    if (pass === undefined) continue
    const said = await dryRun(question.repository, { pass, targetPath: draft.view.root, signal: question.signal })
    const names = new Map<string, boolean>()
    for (const item of unread) {
      const key = hasOtherNames(item.node) ? keyOf(item.node) : null
      const same = (key === null ? undefined : names.get(key)) ?? (await isSame(question, { draft, said, item }))
      if (key !== null) names.set(key, same)
      if (!same) settleOther(draft.draft, item, pass, question.manner)
    }
  }
}

async function isSame(
  question: ContentsQuestion,
  { draft, said, item }: { draft: ContentsDraft; said: ReadonlyMap<string, Said>; item: Unread },
): Promise<boolean> {
  const { same, other } = said.get(draft.draft.items.path(item.at).toWellFormed()) ?? { same: 0, other: 0 }
  if (same === 0 || other === 0) return same > 0
  return await hasContent(question, item, draft.view.absolute(item.place))
}

function settleOther(draft: DraftPlan, { at, place }: Unread, pass: RestorePass, { conflicts }: RestoreManner): void {
  if (conflicts === 'keep-both') {
    draft.items.settle(at, { action: 'create', differs: [], comesAs: draft.beside(place, pass.snapshotTime) })
    return
  }
  const differs: Difference[] = ['content', ...draft.items.differs(at)]
  draft.items.settle(at, { action: 'update', differs })
}

/** Whether a file on this host holds what the snapshot's holds, piece by piece. */
async function hasContent({ reader, signal }: ContentsQuestion, { node }: Unread, path: string): Promise<boolean> {
  const file = openSync(hostPath(path), constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    let from = 0
    for (const piece of node.content) {
      const wanted = await reader.contents([piece], { limit: Number.MAX_SAFE_INTEGER, ...(signal ? { signal } : {}) })
      const found = Buffer.alloc(wanted.length)
      if (readSync(file, found, 0, wanted.length, from) !== wanted.length || !found.equals(wanted)) return false
      from += wanted.length
    }
    return true
  } finally {
    closeSync(file)
  }
}
