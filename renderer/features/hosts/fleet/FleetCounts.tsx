import { UnstyledButton } from '@mantine/core'
import type { ReactElement } from 'react'
import { formatCount } from '../../../components/format.ts'
import { StateBadge, type StateName } from '../../../components/StateBadge.tsx'
import classes from './Fleet.module.css'
import { FLEET_STATES, type FleetState, stateIn, withState } from './fleet-filter.ts'

export interface FleetCountsProps {
  readonly all: number
  readonly counts: Readonly<Record<FleetState, number>>
  /** The words of the filter; the state among them is the one that is pressed. */
  readonly filter: string
  onChange(filter: string): void
}

const WORDS: Readonly<Record<FleetState, readonly [StateName, string]>> = {
  connected: ['succeeded', 'connected'],
  connecting: ['running', 'connecting'],
  away: ['unknown', 'away'],
  refused: ['failed', 'refused'],
  running: ['running', 'with a run'],
  late: ['partial', 'backup late'],
}

/** How many hosts are in each state; pressed, only these are listed. States in which no host is are left out. */
export function FleetCounts({ all, counts, filter, onChange }: FleetCountsProps): ReactElement {
  const chosen = stateIn(filter)
  const shown = FLEET_STATES.filter((state) => counts[state] > 0 || state === chosen)
  return (
    <fieldset className={classes['counts']} aria-label="Hosts by state">
      <UnstyledButton
        className={classes['count'] ?? ''}
        aria-pressed={chosen === null}
        onClick={() => onChange(withState(filter, null))}
      >
        all <b>{formatCount(all)}</b>
      </UnstyledButton>
      {shown.map((state) => {
        const [colour, word] = WORDS[state]
        return (
          <UnstyledButton
            key={state}
            className={classes['count'] ?? ''}
            aria-pressed={chosen === state}
            onClick={() => onChange(withState(filter, chosen === state ? null : state))}
          >
            <StateBadge state={colour}>{word}</StateBadge> <b>{formatCount(counts[state])}</b>
          </UnstyledButton>
        )
      })}
    </fieldset>
  )
}
