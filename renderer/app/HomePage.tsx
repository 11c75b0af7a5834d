import type { ReactElement } from 'react'
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
  if (hosts.state === 'waiting')
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
  return hosts.value.some((host) => host.repositories.length > 0) ? <HostsPage /> : <WelcomePage />
}
