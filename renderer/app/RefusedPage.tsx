import { t } from '@lingui/core/macro'
import { Center, VisuallyHidden } from '@mantine/core'
import type { ReactElement } from 'react'
import { ErrorState } from '../components/ErrorState.tsx'
import { SectionCard } from '../components/SectionCard.tsx'

const REASONS = {
  'no-ticket': t`This address lacks the ticket that lets a browser in. It is at the end of the address, after “#ticket=”.`,
  'wrong-ticket': t`The ticket in this address is not the one that the console gave out. It gives out a new one at every start.`,
} as const

/** The whole window while the console does not let this page in. */
export function RefusedPage({ why }: { readonly why: 'no-ticket' | 'wrong-ticket' }): ReactElement {
  return (
    <Center component="main" h="100vh" p="md">
      <VisuallyHidden component="h1">{t`Restore Console`}</VisuallyHidden>
      <SectionCard>
        <ErrorState
          description={{
            title: t`This page may not talk to the console`,
            explanation: REASONS[why],
            nextStep: t`Open the whole address that the console printed when it last started.`,
          }}
        />
      </SectionCard>
    </Center>
  )
}
