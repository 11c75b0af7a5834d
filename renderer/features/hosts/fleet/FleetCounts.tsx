import { t } from '@lingui/core/macro'
import type { ReactElement } from 'react'
import { type CountChip, CountChips } from '../../../components/CountChips.tsx'
import { StateBadge, type StateName } from '../../../components/StateBadge.tsx'
import { FLEET_STATES, type FleetState, stateIn, withState } from './fleet-filter.ts'

export interface FleetCountsProps {
  readonly all: number
  readonly counts: Readonly<Record<FleetState, number>>
  /** The words of the filter; the state among them is the one that is pressed. */
  readonly filter: string
  onChange(filter: string): void
}

const WORDS: Readonly<Record<FleetState, readonly [StateName, string]>> = {
  connected: ['succeeded', t`connected`],
  connecting: ['running', t`connecting`],
  away: ['unknown', t`away`],
  refused: ['failed', t`refused`],
  running: ['running', t`with a run`],
  late: ['partial', t`backup late`],
}

/** How many hosts are in each state; pressed, only these are listed. States in which no host is are left out. */
export function FleetCounts({ all, counts, filter, onChange }: FleetCountsProps): ReactElement {
  const chosen = stateIn(filter)
  const shown = FLEET_STATES.filter((state) => counts[state] > 0 || state === chosen)
  const chip = (state: FleetState): CountChip => {
    const [colour, word] = WORDS[state]
    return {
      key: state,
      children: <StateBadge state={colour}>{word}</StateBadge>,
      count: counts[state],
      isPressed: chosen === state,
      onPress: () => onChange(withState(filter, chosen === state ? null : state)),
    }
  }
  return (
    <CountChips
      label={t`Hosts by state`}
      chips={[
        {
          key: 'all',
          children: t`all`,
          count: all,
          isPressed: chosen === null,
          onPress: () => onChange(withState(filter, null)),
        },
        ...shown.map(chip),
      ]}
    />
  )
}
