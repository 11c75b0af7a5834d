import { setImmediate as breathe } from 'node:timers/promises'
import { type PlanAction, planActionSchema } from '../../contract/shapes/restore.ts'
import type { PlanItems } from '../../engine/restore/plan-items.ts'

/** Items looked at before others have their turn. */
const PORTION = 50_000
/** What was searched for last; of a million items each has four megabytes. */
const REMEMBERED = 4

export interface PlanQuestion {
  /** Null for all. */
  readonly actions: readonly PlanAction[] | null
  /** Only paths that contain it, without regard to case; empty for all. */
  readonly text: string
}

/** The items of a plan as a reader wants them: what would be lost first. Finding that out costs once. */
export class PlanOrder {
  readonly #items: PlanItems
  /** Places of the items by what is planned for them. */
  readonly #places: Readonly<Record<PlanAction, Uint32Array>>
  readonly #searched = new Map<string, Uint32Array>()

  constructor(items: PlanItems) {
    this.#items = items
    this.#places = placesByAction(items)
  }

  /** Places of items in the plan, in order; and how many there are of them in all. */
  async page(question: PlanQuestion, from: number, limit: number): Promise<{ total: number; places: number[] }> {
    const { actions, text } = question
    const wanted = planActionSchema.options.filter((action) => actions === null || actions.includes(action))
    const lists = text === '' ? wanted.map((action) => this.#places[action]) : [await this.#search(wanted, text)]
    const places: number[] = []
    let before = 0
    for (const list of lists) {
      const start = Math.max(0, from - before)
      for (const place of list.subarray(start, start + limit - places.length)) places.push(place)
      before += list.length
    }
    return { total: before, places }
  }

  async #search(actions: readonly PlanAction[], text: string): Promise<Uint32Array> {
    const wanted = text.toLowerCase()
    const key = `${actions.join(' ')} ${wanted}`
    const known = this.#searched.get(key)
    if (known !== undefined) return known
    const found: number[] = []
    let looked = 0
    for (const action of actions) {
      for (const place of this.#places[action]) {
        if (this.#items.path(place).toLowerCase().includes(wanted)) found.push(place)
        looked += 1
        if (looked % PORTION === 0) await breathe()
      }
    }
    const places = Uint32Array.from(found)
    this.#searched.set(key, places)
    const [oldest] = this.#searched.keys()
    if (this.#searched.size > REMEMBERED && oldest !== undefined) this.#searched.delete(oldest)
    return places
  }
}

function placesByAction(items: PlanItems): Record<PlanAction, Uint32Array> {
  const totals = items.totals()
  const places = {
    delete: new Uint32Array(totals.delete.items),
    update: new Uint32Array(totals.update.items),
    create: new Uint32Array(totals.create.items),
    skip: new Uint32Array(totals.skip.items),
    unchanged: new Uint32Array(totals.unchanged.items),
  }
  const filled = { delete: 0, update: 0, create: 0, skip: 0, unchanged: 0 }
  for (let at = 0; at < items.length; at += 1) {
    const action = items.action(at)
    places[action][filled[action]] = at
    filled[action] += 1
  }
  return places
}
