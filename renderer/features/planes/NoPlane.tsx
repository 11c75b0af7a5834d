import { Button } from '@mantine/core'
import type { ReactElement } from 'react'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { usePlaneChange } from './use-plane-change.ts'

/** Stands where replicas or consumers would be while there is no control plane: one press and there is one. */
export function NoPlane(): ReactElement {
  const switchOn = useSwitchEmbedded()
  return (
    <SectionCard>
      <EmptyState
        title="There is no control plane yet"
        action={
          <>
            <Button
              loading={switchOn.isPending}
              onClick={() => switchOn.mutate({ on: true, consumerPort: null })}
              data-autofocus
            >
              Switch on the one in this console
            </Button>
            <ButtonLink variant="subtle" to="/planes" search={{}}>
              Use another…
            </ButtonLink>
          </>
        }
      >
        A control plane holds which restores should always be there, gives consumers short access to the backups they
        restore, and records whether each came back healthy. This console carries one of its own: nothing else has to be
        installed.
      </EmptyState>
    </SectionCard>
  )
}

/** Switches this workspace's own plane on or off. */
export function useSwitchEmbedded() {
  return usePlaneChange((planes, input: { readonly on: boolean; readonly consumerPort: number | null }) =>
    planes.setEmbedded(input),
  )
}
