import type { ConflictMode } from '../../contract/shapes/restore.ts'
import type { NodeType } from '../../contract/shapes/tree.ts'
import type { PlanItems } from '../../engine/restore/plan-items.ts'
import type { PlannedItem } from '../journal/ledger-store.ts'

/** The items of a plan as the journal takes them, one at a time. */
export function* plannedRows(items: PlanItems, conflicts: ConflictMode): Generator<PlannedItem> {
  for (let at = 0; at < items.length; at += 1) {
    const type = items.type(at)
    const action = items.action(at)
    const reason = action === 'skip' ? whySkipped(type, conflicts) : ''
    yield { path: items.path(at), type, action, size: items.size(at), reason, comesAs: items.comesAs(at) }
  }
}

function whySkipped(type: NodeType, conflicts: ConflictMode): string {
  if (type === 'socket' || type === 'irregular') return 'It is of a kind that cannot be restored.'
  return conflicts === 'if-newer' ? 'What is there is not older.' : 'There is one already, and it was to stay.'
}
