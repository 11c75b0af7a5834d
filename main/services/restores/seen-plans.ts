import type { KeptPlan } from '../../../contract/shapes/past-restore.ts'
import type { RestorePlan } from '../../../contract/shapes/restore.ts'

/** Plans that are remembered until one of them is started. */
const REMEMBERED = 50

/** The plans that were looked at last, without their items. */
export class SeenPlans {
  readonly #plans = new Map<string, KeptPlan>()

  add(hostId: string, { hash, madeAt, totals, files, bytes, commands }: RestorePlan): void {
    const key = keyOf(hostId, hash)
    this.#plans.delete(key)
    this.#plans.set(key, { hash, madeAt, totals, files, bytes, commands })
    const [oldest] = this.#plans.keys()
    if (this.#plans.size > REMEMBERED && oldest !== undefined) this.#plans.delete(oldest)
  }

  find(hostId: string, hash: string | null): KeptPlan | null {
    return hash === null ? null : (this.#plans.get(keyOf(hostId, hash)) ?? null)
  }
}

function keyOf(hostId: string, hash: string): string {
  return `${hostId} ${hash}`
}
