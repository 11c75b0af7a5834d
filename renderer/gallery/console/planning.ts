import type { FaultData } from '../../../contract/errors.ts'
import type { RestorePlan } from '../../../contract/shapes/restore.ts'
import type { Items } from './plan-items.ts'

/** What the gallery's hosts know when they plan; a scene or a test changes what it is about. */
export interface Planning {
  readonly made: Map<string, MadePlan>
  /** Every plan has a million items. */
  huge: boolean
  /** Bytes; null where it cannot be told. */
  free: number | null
  lockedBy: string | null
  secondsExpected: number | null
  /** The next start is refused with this, and the plan after it is another. */
  drift: FaultData<'plan_drifted'> | null
  /** How often the host has moved on. */
  moved: number
}

export interface MadePlan {
  readonly plan: RestorePlan
  readonly items: Items
  /** What was asked last, and the places of what fits it. */
  filtered: { readonly key: string; readonly places: readonly number[] } | null
}

export function newPlanning(): Planning {
  return {
    made: new Map(),
    huge: false,
    free: 58 * 1024 ** 3,
    lockedBy: null,
    secondsExpected: 41,
    drift: null,
    moved: 0,
  }
}
