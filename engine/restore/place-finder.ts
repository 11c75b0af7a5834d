import { isWithin, nameOf, parentOf, relativeTo } from './paths.ts'
import type { PlanItems } from './plan-items.ts'

/** Finds where in the target the items of a plan come to be. Quick for items in their order. */
export class PlaceFinder {
  readonly #items: PlanItems
  /** Null where items keep their paths. */
  readonly #tops: ReadonlySet<string> | null
  #last = ''

  constructor({ items, tops }: { readonly items: PlanItems; readonly tops: readonly string[] | null }) {
    this.#items = items
    this.#tops = tops === null || tops.includes('/') ? null : new Set(tops)
  }

  /** The place of one item, from its own path alone where it comes beside nothing. */
  place(at: number): string {
    const path = this.#items.path(at)
    if (this.#items.comesAs(at) !== null) return this.#items.comesAs(at) ?? path
    if (this.#tops === null || this.#items.action(at) === 'delete') return path
    if (this.#last === '' || !isWithin(path, this.#last)) this.#last = this.#topOf(path, this.#tops)
    const below = relativeTo(this.#last, path)
    return `/${nameOf(this.#last)}${below === '/' ? '' : below}`
  }

  #topOf(path: string, tops: ReadonlySet<string>): string {
    for (let folder = path; folder !== '/'; folder = parentOf(folder)) if (tops.has(folder)) return folder
    return path
  }
}
