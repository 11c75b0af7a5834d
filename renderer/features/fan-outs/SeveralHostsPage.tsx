import { t } from '@lingui/core/macro'
import type { ReactElement } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import { useHosts } from '../../client/hosts-context.tsx'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Page } from '../../components/Page.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { useTrail } from '../../components/trail.tsx'
import { useRestoreChoice } from '../restore/index.ts'
import { FanOutForm } from './FanOutForm.tsx'

export interface SeveralHostsPageProps {
  readonly hostId: string
  readonly repositoryId: string | null
  readonly snapshotId: string | null
}

/** What was chosen on a host's restore page, on other hosts too. */
export function SeveralHostsPage(props: SeveralHostsPageProps): ReactElement {
  const hosts = useHosts()
  const host = hosts.value.find(({ id }) => id === props.hostId)
  useTrail([
    { label: t`Hosts`, path: '/' },
    { label: host?.name ?? props.hostId, path: `/hosts/${encodeURIComponent(props.hostId)}` },
    { label: t`Restore on several hosts` },
  ])
  return (
    <Page title={t`Restore on several hosts`}>
      {host === undefined ? (
        <SectionCard>
          <LoadingRows label={t`Loading the hosts`} columns="2fr 1fr" />
        </SectionCard>
      ) : (
        <OfChoice {...props} host={host} hosts={hosts.value} />
      )}
    </Page>
  )
}

interface OfChoiceProps extends SeveralHostsPageProps {
  readonly host: HostView
  readonly hosts: readonly HostView[]
}

function OfChoice({ host, hosts, repositoryId, snapshotId }: OfChoiceProps): ReactElement {
  const { request } = useRestoreChoice({ host, repositoryId, snapshotId })
  const search = {
    ...(repositoryId === null ? {} : { repository: repositoryId }),
    ...(snapshotId === null ? {} : { snapshot: snapshotId }),
  }
  const where = { to: '/hosts/$hostId/restore', params: { hostId: host.id }, search } as const
  if (request === null) {
    return (
      <SectionCard>
        <EmptyState
          title={t`Nothing is chosen yet`}
          action={<ButtonLink {...where}>{t`Choose on ${{ host: host.name }}`}</ButtonLink>}
        >{t`Choose what to restore, and where to, on one of the hosts; then come back here.`}</EmptyState>
      </SectionCard>
    )
  }
  const change = <ButtonLink variant="subtle" {...where}>{t`Change…`}</ButtonLink>
  const form = { hostId: host.id, request, hosts, chosen: [host.id], follows: null, change }
  return <FanOutForm {...form} />
}
