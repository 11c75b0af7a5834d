import type { RollUp } from '../../contract/shapes/compare.ts'
import type { ListOptions, TreeReader } from '../repository/tree-reader.ts'
import { modifierOf } from './change.ts'
import type { LiveFolder, LiveRow } from './live-rows.ts'
import { walkLive } from './live-walk.ts'
import { add, count, emptyTally, type Tally } from './roll-up.ts'

export interface ListedLiveChange extends LiveRow {
  /** From where the comparison began, with a slash first and, for a folder, last. */
  readonly path: string
}

/** A folder into which the agent cannot look. */
export interface UnreadFolder {
  readonly unread: string
}

/**
 * Every change between a folder of a snapshot and the same folder of the host, in the order of `listChanges`; folders of
 * which only what is in them may differ are not told by themselves. Throws as `walkLive` does.
 */
export async function* listLiveChanges(
  reader: TreeReader,
  folder: LiveFolder,
  options: ListOptions,
): AsyncGenerator<ListedLiveChange | UnreadFolder, void, void> {
  for await (const step of walkLive(reader, folder, options)) {
    if (step.step === 'left' && !step.isRead) yield { unread: step.path }
    if (step.step !== 'row') continue
    const { row, path } = step
    const isFolder = (row.after ?? row.before)?.type === 'dir'
    if (row.kind === 'same' || (isFolder && row.kind === 'undecided')) continue
    yield { ...row, path: isFolder ? `${path}/` : path }
  }
}

/** The letters of `restic diff`, and `?` for a file of which nobody has compared what it holds. */
export function liveModifierOf({ kind }: LiveRow, options: { readonly metadata: boolean }): string {
  return kind === 'undecided' ? '?' : modifierOf({ kind, bitRot: false }, options)
}

/** A folder all below which was compared with the host. */
export interface RolledLiveFolder {
  /** From where the comparison began, with a slash first; empty for that folder itself. */
  readonly path: string
  readonly rollUp: RollUp
}

/** Each folder once all below it was compared: the innermost first, at last the one where it began. Throws as `walkLive` does. */
export async function* liveRollUps(
  reader: TreeReader,
  folder: LiveFolder,
  options: ListOptions,
): AsyncGenerator<RolledLiveFolder, void, void> {
  const tallies: Tally[] = []
  for await (const step of walkLive(reader, folder, options)) {
    if (step.step === 'entered') tallies.push({ ...emptyTally(), undecided: 0, unread: 0 })
    if (step.step === 'row') countRow(tallies.at(-1), step.row)
    if (step.step !== 'left') continue
    const tally = tallies.pop()
    if (tally === undefined) continue
    if (!step.isRead) tally.unread = 1
    const parent = tallies.at(-1)
    if (parent !== undefined) add(parent, tally)
    yield { path: step.path, rollUp: tally }
  }
}

function countRow(tally: Tally | undefined, row: LiveRow): void {
  if (tally === undefined) return
  if (row.kind !== 'undecided') count(tally, { kind: row.kind }, row)
  // Of a folder it only says that it has yet to be looked into.
  else if (row.after?.type !== 'dir') tally.undecided = (tally.undecided ?? 0) + 1
}
