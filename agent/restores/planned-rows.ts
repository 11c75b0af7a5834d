import type { ConflictMode } from '../../contract/shapes/restore.ts'
import type { PlanItems } from '../../engine/restore/plan-items.ts'
import { reasonToSkip } from '../../engine/restore/settled-ledger.ts'
import type { PlannedItem } from '../journal/ledger-store.ts'

/** The items of a plan as the journal takes them, one at a time. */
export function* plannedRows(items: PlanItems, conflicts: ConflictMode): Generator<PlannedItem> {
  for (let at = 0; at < items.length; at += 1) {
    const type = items.type(at)
    const action = items.action(at)
    const reason = action === 'skip' ? reasonToSkip({ type, differs: items.differs(at) }, conflicts) : ''
    yield { path: items.path(at), type, action, size: items.size(at), reason, comesAs: items.comesAs(at) }
  }
}
