import { t } from '@lingui/core/macro'
import { Button } from '@mantine/core'
import type { ReactElement } from 'react'
import { EmptyState } from '../../components/EmptyState.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { type ChangeFilter, EVERYTHING, KINDS } from './change-rows.ts'

export interface NothingDiffersProps {
  readonly filter: ChangeFilter
  onFilter(filter: ChangeFilter): void
}

/** Stands where the tree would be. Metadata may differ all the same, or what was not looked for. */
export function NothingDiffers({ filter, onFilter }: NothingDiffersProps): ReactElement {
  const isNarrow = !filter.metadata || filter.kinds.size < KINDS.length
  return (
    <SectionCard>
      <EmptyState
        title={isNarrow ? t`Nothing you filtered for differs` : t`Nothing differs`}
        action={
          isNarrow && (
            <Button
              variant="default"
              onClick={() => onFilter({ ...EVERYTHING, metadata: true })}
            >{t`Look for everything, metadata too`}</Button>
          )
        }
      >
        {isNarrow
          ? t`Both sides hold the same files, leaving aside what is filtered out.`
          : t`Both sides hold the same, to the last attribute.`}
      </EmptyState>
    </SectionCard>
  )
}
