import type { ConflictMode, PlanAction } from '../../contract/shapes/restore.ts'
import type { LedgerAction } from '../../contract/shapes/run.ts'
import type { PlanItem } from './plan-items.ts'

const ACTIONS = {
  create: 'restored',
  update: 'updated',
  unchanged: 'unchanged',
  delete: 'deleted',
  skip: 'skipped',
} as const satisfies Readonly<Record<PlanAction, LedgerAction>>

/** What the ledger says of an item that came out as it was planned. */
export function ledgerActionOf(action: PlanAction): LedgerAction {
  return ACTIONS[action]
}

type Skipped = Pick<PlanItem, 'type' | 'differs'>

const BY_MODE = {
  always: 'What stands in the place of its folder could not be replaced.',
  'if-changed': 'What stands in the place of its folder could not be replaced.',
  'if-newer': 'What is there is as new, or newer.',
  never: 'It is there already.',
  'keep-both': 'What is there has the same content.',
} as const satisfies Readonly<Record<ConflictMode, string>>

/** Why a plan passes over an item. */
export function reasonToSkip({ type, differs }: Skipped, conflicts: ConflictMode): string {
  if (type === 'socket') return 'A socket cannot be restored: the program that made it makes it anew.'
  if (isInTheWay({ type, differs }, conflicts)) {
    return 'A folder that holds something stands in its place. Move it away and restore again.'
  }
  return BY_MODE[conflicts]
}

/** Whether an item is passed over because that was asked for, and not because it cannot be restored. */
export function isSkippedAsAsked(item: Skipped, conflicts: ConflictMode): boolean {
  return item.type !== 'socket' && conflicts !== 'always' && conflicts !== 'if-changed'
}

function isInTheWay({ differs }: Skipped, conflicts: ConflictMode): boolean {
  return differs.includes('type') && (conflicts === 'always' || conflicts === 'if-changed')
}
