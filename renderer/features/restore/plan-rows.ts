import { t } from '@lingui/core/macro'
import type { Difference, PlanAction, PlanPage, PlanTotals, RestorePlan } from '../../../contract/shapes/restore.ts'
import type { NodeType } from '../../../contract/shapes/tree.ts'
import type { RowList } from '../../components/table-columns.ts'

/** Items that are read at once. */
export const PAGE_ITEMS = 500

/** One item of a plan as the table shows it. */
export interface PlanRow {
  /** Its place among those that fit the filter. */
  readonly at: number
  /** Null while it is read. */
  readonly item: PlannedItem | null
}

export interface PlannedItem {
  readonly path: string
  readonly type: NodeType
  readonly action: PlanAction
  readonly size: number
  readonly differs: readonly Difference[]
  /** Empty where it comes under its own name. */
  readonly comesAs: string
}

/** The items of a plan, of which only some pages are in memory. A row that was drawn is the same object when asked for again. */
export class PlanRows implements RowList<PlanRow> {
  readonly length: number
  readonly #pages: ReadonlyMap<number, PlanPage>
  readonly #rows: WeakMap<PlanPage, PlanRow[]>

  /** `pages` by their number; `rows` is kept by the caller over the drawings. */
  constructor(length: number, pages: ReadonlyMap<number, PlanPage>, rows: WeakMap<PlanPage, PlanRow[]>) {
    this.length = length
    this.#pages = pages
    this.#rows = rows
  }

  at(position: number): PlanRow | undefined {
    if (position < 0 || position >= this.length) return undefined
    const page = this.#pages.get(Math.floor(position / PAGE_ITEMS))
    if (page === undefined) return { at: position, item: null }
    const rows = this.#rows.get(page) ?? rowsOf(page)
    this.#rows.set(page, rows)
    return rows[position - page.offset] ?? { at: position, item: null }
  }
}

function rowsOf({ offset, items }: PlanPage): PlanRow[] {
  return items.path.map((path, index) => ({
    at: offset + index,
    item: itemAt(items, index) ?? { path, type: 'irregular', action: 'skip', size: 0, differs: [], comesAs: '' },
  }))
}

/** One item of a page; undefined where there is none. */
export function itemAt(items: PlanPage['items'], index: number): PlannedItem | undefined {
  const [path, type, action] = [items.path[index], items.type[index], items.action[index]]
  if (path === undefined || type === undefined || action === undefined) return undefined
  const { size, differs, comesAs } = items
  return { path, type, action, size: size[index] ?? 0, differs: differs[index] ?? [], comesAs: comesAs[index] ?? '' }
}

/** Which items are shown: those that change something, all of them, or those of one action. */
export type PlanView = 'changes' | 'all' | PlanAction

const CHANGES: readonly PlanAction[] = ['delete', 'update', 'create']

/** The actions of a view, as a page of items is asked for; null for all. */
export function actionsOf(view: PlanView): PlanAction[] | null {
  if (view === 'all') return null
  return view === 'changes' ? [...CHANGES] : [view]
}

/** How many items a view has. */
export function itemsIn(totals: PlanTotals, view: PlanView): number {
  const actions = actionsOf(view) ?? (Object.keys(totals) as PlanAction[])
  return actions.reduce((sum, action) => sum + totals[action].items, 0)
}

/** The views that say something of a plan: those of actions that nothing has are left out. */
export function viewsOf(totals: PlanTotals): readonly PlanView[] {
  const some = (['delete', 'update', 'create', 'skip', 'unchanged'] as const).filter((one) => totals[one].items > 0)
  if (some.length === 1) return ['all']
  const changes = itemsIn(totals, 'changes')
  const isPart = changes > 0 && changes < itemsIn(totals, 'all')
  return [...(isPart ? (['changes'] as const) : []), 'all', ...some]
}

/** What would be done with an item, in a word. */
export const ACTION_WORDS: Readonly<Record<PlanAction, string>> = {
  delete: t`delete`,
  update: t`update`,
  create: t`create`,
  skip: t`skip`,
  unchanged: t`unchanged`,
}

const DIFFERENCES: Readonly<Record<Difference, string>> = {
  type: t`another kind of thing`,
  size: t`size`,
  content: t`content`,
  time: t`time`,
  mode: t`mode`,
  owner: t`owner`,
  link: t`link target`,
}

/** Why an item will be what it will be: `differs: content, time`. */
export function reasonOf(
  { action, differs }: Pick<PlannedItem, 'action' | 'differs'>,
  { fresh, follows }: Pick<RestorePlan, 'fresh' | 'follows'>,
): string {
  const list = differs.map((one) => DIFFERENCES[one]).join(', ')
  switch (action) {
    case 'delete':
      return follows?.kind === 'revert' ? t`created by that run` : t`not in the snapshot`
    case 'create':
      return fresh ? '' : t`missing there`
    case 'update':
      return list === '' ? '' : t`differs: ${list}`
    case 'skip':
      return list === '' ? t`cannot be restored` : t`kept, though it differs: ${list}`
    case 'unchanged':
      return t`just as in the snapshot`
  }
}
