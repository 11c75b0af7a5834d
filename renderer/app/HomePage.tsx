import type { ReactElement } from 'react'
import type { HostView } from '../../contract/shapes/host.ts'
import { describeError } from '../client/describe-fault.ts'
import { useHosts } from '../client/hosts-context.tsx'
import { ErrorState } from '../components/ErrorState.tsx'
import { LoadingRows } from '../components/LoadingRows.tsx'
import { Page } from '../components/Page.tsx'
import { SectionCard } from '../components/SectionCard.tsx'
import { HostsPage } from '../features/hosts/index.ts'
import { WelcomePage } from '../features/welcome/index.ts'

/** The fleet; on the first day, when there is nothing to restore from yet, the ways in. */
export function HomePage(): ReactElement {
  const hosts = useHosts()
  const known = hosts.value.some((host) => host.repositories.length > 0)
  if (hosts.state === 'waiting' || (!known && hosts.value.some(isBeginning)))
    return (
      <Page title="Hosts">
        <SectionCard>
          <LoadingRows label="Loading the hosts" rows={4} columns="2fr 1fr 1fr 1fr" />
        </SectionCard>
      </Page>
    )
  if (hosts.state === 'failed')
    return (
      <Page title="Hosts">
        <SectionCard>
          <ErrorState description={describeError(hosts.error)} onRetry={hosts.again} />
        </SectionCard>
      </Page>
    )
  // What cannot be reached is not empty: the fleet says why it is away.
  return known || hosts.value.some(isAway) ? <HostsPage /> : <WelcomePage />
}

function isBeginning({ link }: HostView): boolean {
  return link.state === 'connecting'
}

function isAway({ link }: HostView): boolean {
  return link.state === 'unreachable'
}
