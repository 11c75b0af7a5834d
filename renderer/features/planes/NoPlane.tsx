import { t } from '@lingui/core/macro'
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
        title={t`There is no control plane yet`}
        action={
          <>
            <Button
              loading={switchOn.isPending}
              onClick={() => switchOn.mutate({ on: true, consumerPort: portToStay(null) })}
            >{t`Switch on the one in this console`}</Button>
            <ButtonLink variant="subtle" to="/planes">{t`Use another…`}</ButtonLink>
          </>
        }
      >{t`A control plane keeps what must always be restorable, gives consumers short-lived access to the backups they restore, and records whether each came back healthy. This console has one built in: nothing else has to be installed.`}</EmptyState>
    </SectionCard>
  )
}

/** Switches this workspace's own plane on or off. */
export function useSwitchEmbedded() {
  return usePlaneChange((planes, input: { readonly on: boolean; readonly consumerPort: number | null }) =>
    planes.setEmbedded(input),
  )
}

/** Below the ports that systems give away by themselves. */
const PORTS = { first: 20_000, count: 10_000 } as const

/** The port that it has, else one that it keeps: consumers come back to the same one after each start. */
export function portToStay(had: number | null): number {
  return had ?? PORTS.first + Math.floor(Math.random() * PORTS.count)
}
