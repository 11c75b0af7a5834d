import { t } from '@lingui/core/macro'
import { Chip, Group } from '@mantine/core'
import type { ReactElement } from 'react'
import { type LedgerAction, ledgerActionSchema, type RunCounts } from '../../../contract/shapes/run.ts'
import { formatCount } from '../../components/format.ts'
import classes from './Run.module.css'
import { ACTIONS, LEDGER_WORDS } from './run-words.ts'

export interface OutcomeChipsProps {
  readonly counts: RunCounts
  /** Null for all. */
  readonly value: LedgerAction | null
  onChange(value: LedgerAction | null): void
}

/** One chip for each outcome that there is, with how many; what needs a look comes first. */
export function OutcomeChips({ counts, value, onChange }: OutcomeChipsProps): ReactElement {
  const all = ACTIONS.reduce((sum, action) => sum + counts[action], 0)
  const some = ACTIONS.filter((action) => counts[action] > 0 || action === value)
  return (
    <Chip.Group
      multiple={false}
      value={value ?? 'all'}
      onChange={(wanted) => onChange(ledgerActionSchema.safeParse(wanted).data ?? null)}
    >
      <Group gap={5} role="radiogroup" aria-label={t`Outcome`} className={classes['chips'] ?? ''}>
        <Chip value="all" size="xs" variant="outline">{t`all ${{ count: formatCount(all) }}`}</Chip>
        {some.map((action) => (
          <Chip key={action} value={action} size="xs" variant="outline">
            {LEDGER_WORDS[action]} {formatCount(counts[action])}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  )
}
