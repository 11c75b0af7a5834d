import { Fault } from '../../contract/errors.ts'
import { toColumns } from '../../contract/shapes/columns.ts'
import type { PlanPage, PlanPageInput } from '../../contract/shapes/restore.ts'
import type { PreparedRestore } from '../../engine/restore/plan-restore.ts'
import type { Clock } from '../clock.ts'
import { PlanOrder } from './plan-order.ts'

/** Plans that are remembered, while they have no more items than this together. */
const PLANS = 8
const ITEMS = 2_000_000
/** Milliseconds: somebody reads it through, fetches a colleague, and starts it. */
const LIFE = 30 * 60_000

/** As much of a plan as must be there to be kept. */
export interface PlanToKeep {
  readonly prepared: Pick<PreparedRestore, 'hash' | 'items'>
}

interface KeptPlan<P> {
  readonly plan: P
  readonly at: number
  order: PlanOrder | undefined
}

/** The plans that were made last, by their hash; in memory alone, since planning writes nothing on the host. */
export class PlansKept<P extends PlanToKeep> {
  readonly #clock: Clock
  readonly #plans = new Map<string, KeptPlan<P>>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  keep(plan: P): void {
    const { hash } = plan.prepared
    this.#plans.delete(hash)
    this.#plans.set(hash, { plan, at: this.#clock.elapsed(), order: undefined })
    this.#forget()
    // Also when nobody asks any more its memory is given back.
    setTimeout(() => this.#forget(), LIFE + 1).unref()
  }

  /** Undefined for one that is not remembered any more. */
  get(hash: string): P | undefined {
    this.#forget()
    return this.#plans.get(hash)?.plan
  }

  /** Some items of a plan. Throws `not_found` (`plan`). */
  async page({ hash, actions, text, offset, limit }: PlanPageInput): Promise<PlanPage> {
    this.#forget()
    const kept = this.#plans.get(hash)
    if (kept === undefined) throw new Fault('not_found', { what: 'plan', id: hash })
    const { items } = kept.plan.prepared
    kept.order ??= new PlanOrder(items)
    const { total, places } = await kept.order.page({ actions, text }, offset, limit)
    const rows = places.map((at) => {
      const { path, type, action, size, differs, comesAs } = items.at(at)
      return { path, type, action, size, differs: [...differs], comesAs: comesAs ?? '' }
    })
    return { offset, total, items: toColumns(rows, ['path', 'type', 'action', 'size', 'differs', 'comesAs']) }
  }

  /** The oldest go first; the last one stays, however large it is. */
  #forget(): void {
    const now = this.#clock.elapsed()
    let items = 0
    let plans = 0
    for (const [hash, { plan, at }] of [...this.#plans].reverse()) {
      plans += 1
      items += plan.prepared.items.length
      const isTooMany = plans > 1 && (plans > PLANS || items > ITEMS)
      if (isTooMany || now - at > LIFE) this.#plans.delete(hash)
    }
  }
}
