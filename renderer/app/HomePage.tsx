import { t } from '@lingui/core/macro'
import type { ReactElement } from 'react'
import type { HostView } from '../../contract/shapes/host.ts'
import { describeError } from '../client/describe-fault.ts'
import { useHostsState, useOfHosts } from '../client/hosts-context.tsx'
import { ErrorState } from '../components/ErrorState.tsx'
import { LoadingRows } from '../components/LoadingRows.tsx'
import { Page } from '../components/Page.tsx'
import { SectionCard } from '../components/SectionCard.tsx'
import { HostsPage } from '../features/hosts/index.ts'
import { EmptyWorkspacePage, WelcomePage } from '../features/welcome/index.ts'

/** The fleet; on the first day, when there is nothing to restore from yet, the ways in. */
export function HomePage(): ReactElement {
  const following = useHostsState()
  const first = useOfHosts(whatIsFirst)
  if (following.state === 'waiting' || first === 'nothing yet')
    return (
      <Page title={t`Hosts`}>
        <SectionCard>
          <LoadingRows label={t`Loading the hosts`} rows={4} columns="2fr 1fr 1fr 1fr" />
        </SectionCard>
      </Page>
    )
  if (following.state === 'failed')
    return (
      <Page title={t`Hosts`}>
        <SectionCard>
          <ErrorState description={describeError(following.error)} onRetry={following.again} />
        </SectionCard>
      </Page>
    )
  if (first === 'empty') return <EmptyWorkspacePage />
  return first === 'fleet' ? <HostsPage /> : <WelcomePage />
}

function whatIsFirst(hosts: readonly HostView[]): 'fleet' | 'welcome' | 'empty' | 'nothing yet' {
  // This computer is always there, in the workspace that it is in.
  if (hosts.length === 0) return 'empty'
  // A host that was enrolled is a fleet, and what cannot be reached is not empty: the fleet says why it is away.
  if (hosts.some((host) => !host.local || host.repositories.length > 0 || isAway(host))) return 'fleet'
  return hosts.some(({ link }) => link.state === 'connecting') ? 'nothing yet' : 'welcome'
}

function isAway({ link }: HostView): boolean {
  return link.state === 'unreachable' || link.state === 'refused'
}
