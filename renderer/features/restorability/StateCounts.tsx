import { t } from '@lingui/core/macro'
import type { ReactElement } from 'react'
import { type ProofState, proofStateSchema } from '../../../contract/shapes/restorability.ts'
import { CountChips } from '../../components/CountChips.tsx'
import { MarkBadge } from '../audit/index.ts'
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
  const shown = proofStateSchema.options.filter((state) => counts[state] > 0 || state === chosen)
  return (
    <CountChips
      label={t`Repositories by state`}
      chips={[
        { key: 'all', children: t`all`, count: all, isPressed: chosen === null, onPress: () => onChoose(null) },
        ...shown.map((state) => ({
          key: state,
          children: <MarkBadge mark={PROOF_STATES[state]} />,
          count: counts[state],
          isPressed: chosen === state,
          onPress: () => onChoose(chosen === state ? null : state),
        })),
      ]}
    />
  )
}
