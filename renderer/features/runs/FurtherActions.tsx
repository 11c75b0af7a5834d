import { t } from '@lingui/core/macro'
import { Group, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { FurtherRestore } from '../../../contract/shapes/restore.ts'
import type { Run } from '../../../contract/shapes/run.ts'
import { useHost } from '../../client/hosts-context.tsx'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { formatCount } from '../../components/format.ts'
import { ObstructedButton } from '../../components/ObstructedButton.tsx'
import { furtherSteps } from './further-steps.ts'
import type { Follower } from './run-history.ts'

export interface FurtherActionsProps {
  readonly hostId: string
  readonly run: Run
  readonly followers: readonly Follower[]
}

const LOOKS: Readonly<Record<FurtherRestore['kind'], { readonly variant: string; readonly color?: string }>> = {
  resume: { variant: 'filled' },
  retry: { variant: 'default' },
  revert: { variant: 'outline', color: 'red' },
}

/** What may follow from a run that has ended: each is planned and shown before anything is done. */
export function FurtherActions({ hostId, run, followers }: FurtherActionsProps): ReactElement | null {
  const host = useHost(hostId)
  const steps = furtherSteps(run, host, followers)
  if (steps.length === 0) return null
  const obstacles = [...new Set(steps.flatMap(({ obstacle }) => obstacle ?? []))]
  return (
    <Group gap="4px 8px" justify="flex-end">
      {obstacles.length > 0 && (
        <Text size="xs" c="dimmed">
          {obstacles.join(' ')}
        </Text>
      )}
      {steps.map(({ as, obstacle }) =>
        obstacle === null ? (
          <ButtonLink
            key={as}
            {...LOOKS[as]}
            to="/hosts/$hostId/restore"
            params={{ hostId }}
            search={{ from: run.id, as }}
          >
            {wordsFor(as, run)}
          </ButtonLink>
        ) : (
          <ObstructedButton key={as} {...LOOKS[as]} obstacle={obstacle} onClick={() => undefined}>
            {wordsFor(as, run)}
          </ObstructedButton>
        ),
      )}
    </Group>
  )
}

function wordsFor(as: FurtherRestore['kind'], { counts }: Run): string {
  switch (as) {
    case 'resume':
      return t`Resume…`
    case 'retry':
      return t`Retry what failed (${{ count: formatCount(counts.failed) }})…`
    case 'revert':
      return t`Revert this restore…`
  }
}
