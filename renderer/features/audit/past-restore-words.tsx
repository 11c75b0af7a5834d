import { t } from '@lingui/core/macro'
import {
  IconAlertTriangle,
  IconBan,
  IconBolt,
  IconCheck,
  IconClock,
  IconHandStop,
  IconShieldCheck,
  IconShieldOff,
  IconShieldX,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { PastOutcome, PastProof, PastRestore, TargetKind } from '../../../contract/shapes/past-restore.ts'
import { StateBadge, type StateName } from '../../components/StateBadge.tsx'
import { evidenceWords } from '../runs/index.ts'
import { outcomeWords } from './outcome-words.ts'

export interface Mark {
  readonly state: StateName
  readonly word: string
  readonly Icon: TablerIcon
}

/** How it ended: a colour, a word and a sign, each enough by itself. */
export const OUTCOMES: Readonly<Record<PastOutcome, Mark>> = {
  succeeded: { state: 'succeeded', word: t`succeeded`, Icon: IconCheck },
  partial: { state: 'partial', word: t`partial`, Icon: IconAlertTriangle },
  failed: { state: 'failed', word: t`failed`, Icon: IconX },
  cancelled: { state: 'cancelled', word: t`cancelled`, Icon: IconBan },
  interrupted: { state: 'interrupted', word: t`interrupted`, Icon: IconBolt },
  refused: { state: 'cancelled', word: t`refused`, Icon: IconHandStop },
  'under-way': { state: 'running', word: t`under way`, Icon: IconClock },
}

export const PROOFS: Readonly<Record<PastProof, Mark>> = {
  verified: { state: 'succeeded', word: t`verified`, Icon: IconShieldCheck },
  differs: { state: 'failed', word: t`differs`, Icon: IconShieldX },
  none: { state: 'unknown', word: t`not verified`, Icon: IconShieldOff },
}

export const TARGET_WORDS: Readonly<Record<TargetKind, string>> = {
  staging: t`staging`,
  path: t`folder`,
  'in-place': t`in place`,
}

export function MarkBadge({ mark, children }: { readonly mark: Mark; readonly children?: string }): ReactElement {
  const { state, word, Icon } = mark
  return (
    <StateBadge state={state} icon={<Icon size={14} stroke={2} aria-hidden="true" />}>
      {children ?? word}
    </StateBadge>
  )
}

/** How a restore ended; of one that has not, what it does as far as is known. */
export function ResultBadge({ restore }: { readonly restore: Pick<PastRestore, 'outcome' | 'state'> }): ReactElement {
  const { outcome, state } = restore
  const mark = OUTCOMES[outcome]
  if (outcome !== 'under-way') return <MarkBadge mark={mark} />
  if (state === 'unknown') return <MarkBadge mark={{ ...mark, state: 'unknown', word: t`unknown` }} />
  return <MarkBadge mark={mark}>{outcomeWords(state).word}</MarkBadge>
}

/** What was read back of it. Of what wrote nothing there is nothing to say. */
export function ProofBadge({ restore }: { readonly restore: PastRestore }): ReactElement {
  const { proof, evidence, files } = restore
  if (proof === 'none' && !files)
    return (
      <span title={t`Nothing was written that could be read back.`}>
        <span aria-hidden="true">—</span>
      </span>
    )
  const { word, sentence } = evidenceWords(evidence, true)
  return (
    <span
      title={proof === 'none' ? t`Nothing was read back: nothing shows that the files match the snapshot.` : sentence}
    >
      <MarkBadge mark={PROOFS[proof]}>{proof === 'differs' ? word : PROOFS[proof].word}</MarkBadge>
    </span>
  )
}
