import { t } from '@lingui/core/macro'
import { type LinkTimes, USUAL_LINK_TIMES } from '../../../contract/shapes/link-times.ts'

export type PresetName = 'usual' | 'slow' | 'satellite'

export interface Preset {
  readonly name: PresetName
  readonly label: string
  readonly times: LinkTimes
}

/** What fits most lines. */
export const PRESETS: readonly Preset[] = [
  { name: 'usual', label: t`Usual`, times: USUAL_LINK_TIMES },
  { name: 'slow', label: t`Slow line`, times: { reachWithin: 20, askAfter: 10, awayAfter: 45 } },
  { name: 'satellite', label: t`Satellite`, times: { reachWithin: 60, askAfter: 20, awayAfter: 120 } },
]

/** The preset that these times are; null for times of somebody's own. */
export function presetOf({ reachWithin, askAfter, awayAfter }: LinkTimes): PresetName | null {
  const same = PRESETS.find(
    ({ times }) => times.reachWithin === reachWithin && times.askAfter === askAfter && times.awayAfter === awayAfter,
  )
  return same?.name ?? null
}

/** What they come to, in words. */
export function linkTimesWords({ reachWithin, askAfter, awayAfter }: LinkTimes): string {
  return t`A connection attempt is given up after ${reachWithin} seconds. A silent host is asked after ${askAfter} seconds and shown as away after ${awayAfter}.`
}
