import { Box, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { RestorePlan } from '../../../contract/shapes/restore.ts'
import { Section, SectionCard } from '../../components/SectionCard.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { checksOf } from './checks.ts'

export interface ChecksCardProps {
  readonly host: HostView
  readonly plan: RestorePlan | null
  readonly planning: boolean
}

/** Beside the wizard: what has to hold, and what a restore does not do. */
export function ChecksCard({ host, plan, planning }: ChecksCardProps): ReactElement {
  return (
    <Box w={{ base: '100%', md: 300 }} flex="none">
      <SectionCard>
        <Section title="Checks">
          <Stack gap={5}>
            {checksOf(host, plan, planning).map(({ state, words }) => (
              <StateBadge key={words} state={state}>
                {words}
              </StateBadge>
            ))}
          </Stack>
        </Section>
        <Section title="Nothing is written over">
          <Text size="sm" c="dimmed">
            The files go into an empty folder. Owners are not applied: they belong to the user that the agent runs as.
            Afterwards each file is compared with the snapshot.
          </Text>
        </Section>
      </SectionCard>
    </Box>
  )
}
