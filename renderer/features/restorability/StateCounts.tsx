import { UnstyledButton } from '@mantine/core'
import type { ReactElement } from 'react'
import { type ProofState, proofStateSchema } from '../../../contract/shapes/restorability.ts'
import { formatCount } from '../../components/format.ts'
import { MarkBadge } from '../audit/index.ts'
import classes from './Restorability.module.css'
import { PROOF_STATES } from './proof-words.ts'

export interface StateCountsProps {
  readonly counts: Readonly<Record<ProofState, number>>
  /** The state that the board is narrowed to; null for none. */
  readonly chosen: ProofState | null
  onChoose(state: ProofState | null): void
}

/** How many repositories are in each state; pressed, only these are listed. */
export function StateCounts({ counts, chosen, onChoose }: StateCountsProps): ReactElement {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return (
    <fieldset className={classes['counts']} aria-label="Repositories by state">
      <UnstyledButton className={classes['count'] ?? ''} aria-pressed={chosen === null} onClick={() => onChoose(null)}>
        all <b>{formatCount(all)}</b>
      </UnstyledButton>
      {proofStateSchema.options
        .filter((state) => counts[state] > 0 || state === chosen)
        .map((state) => (
          <UnstyledButton
            key={state}
            className={classes['count'] ?? ''}
            aria-pressed={chosen === state}
            onClick={() => onChoose(chosen === state ? null : state)}
          >
            <MarkBadge mark={PROOF_STATES[state]} /> <b>{formatCount(counts[state])}</b>
          </UnstyledButton>
        ))}
    </fieldset>
  )
}
