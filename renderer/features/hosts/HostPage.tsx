import { t } from '@lingui/core/macro'
import { Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Fault } from '../../../contract/errors.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { useHost, useHostsState } from '../../client/hosts-context.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { InTurn } from '../../components/InTurn.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { useMasks } from '../../components/masks.ts'
import { ObstructedButton } from '../../components/ObstructedButton.tsx'
import { Page } from '../../components/Page.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { useTrail } from '../../components/trail.tsx'
import { useNow } from '../../components/use-now.ts'
import { AddRepositoryDrawer } from '../repositories/index.ts'
import { HostFacts } from './HostFacts.tsx'
import { HostHistory } from './HostHistory.tsx'
import { HostMenu } from './HostMenu.tsx'
import { HostNotices } from './HostNotices.tsx'
import { HostRepositories } from './HostRepositories.tsx'
import { LinkBadge } from './LinkBadge.tsx'
import { obstacleOn } from './obstacle.ts'

export interface HostPageProps {
  readonly hostId: string
  /** The one of its repositories that is open; null for the first. */
  readonly repositoryId: string | null
}

/** One host: what it is, the snapshots of its repositories, and what was restored on it. */
export function HostPage({ hostId, repositoryId }: HostPageProps): ReactElement {
  const { state } = useHostsState()
  const host = useHost(hostId)
  useTrail([{ label: t`Hosts`, path: '/' }, { label: host?.name ?? hostId }])
  if (host !== null) return <KnownHost host={host} repositoryId={repositoryId} />
  return (
    <Page title={hostId}>
      <SectionCard>
        {state === 'waiting' ? (
          <LoadingRows label={t`Loading the host`} columns="2fr 1fr 1fr" />
        ) : (
          <UnknownHost hostId={hostId} />
        )}
      </SectionCard>
    </Page>
  )
}

/** Nobody has heard of it, or it is in another workspace: main says which. */
function UnknownHost({ hostId }: { readonly hostId: string }): ReactElement {
  const client = useClient()
  const asked = useQuery({
    queryKey: ['host', hostId],
    queryFn: ({ signal }) => client.hosts.get({ hostId }, { signal }),
  })
  if (asked.isPending) return <LoadingRows label={t`Asking for the host`} columns="2fr 1fr 1fr" />
  const absent = new Fault('not_found', { what: 'host', id: hostId })
  return <ErrorState description={describeError(asked.error ?? absent)} />
}

function KnownHost({
  host,
  repositoryId,
}: {
  readonly host: HostView
  readonly repositoryId: string | null
}): ReactElement {
  const [adding, drawer] = useDisclosure(false)
  const masks = useMasks()
  const obstacle = obstacleOn(host, 'admin', useNow())
  const repository = host.repositories.find(({ id }) => id === repositoryId) ?? host.repositories[0]
  return (
    <Page
      title={host.name}
      about={
        <>
          <LinkBadge host={host} brief />
          <span>{identityOf(host)}</span>
          <Text span visibleFrom="md">
            {host.agent !== null && t`fresh folders in ${masks.path(host.agent.stagingRoot)}`}
          </Text>
        </>
      }
      actions={
        <>
          <ObstructedButton
            variant="default"
            obstacle={obstacle}
            onClick={drawer.open}
          >{t`Add a repository…`}</ObstructedButton>
          <HostMenu host={host} />
        </>
      }
      fill
    >
      <InTurn>
        <HostFacts host={host} />
        <HostNotices host={host} />
        {repository !== undefined ? (
          <HostRepositories key={repository.id} host={host} repository={repository} />
        ) : host.link.state === 'connecting' ? (
          <SectionCard>
            <LoadingRows label={t`Connecting ${host.name}`} columns="2fr 1fr 1fr" />
          </SectionCard>
        ) : (
          host.link.state === 'connected' && <NoRepository obstacle={obstacle} onAdd={drawer.open} />
        )}
        <HostHistory hostId={host.id} />
      </InTurn>
      <AddRepositoryDrawer
        hostId={host.id}
        hostName={host.local ? null : host.name}
        opened={adding}
        onClose={drawer.close}
      />
    </Page>
  )
}

interface NoRepositoryProps {
  readonly obstacle: string | null
  readonly onAdd: () => void
}

function NoRepository({ obstacle, onAdd }: NoRepositoryProps): ReactElement {
  return (
    <SectionCard>
      <EmptyState
        title={t`No repository on this host yet`}
        action={<ObstructedButton obstacle={obstacle} onClick={onAdd}>{t`Add a repository…`}</ObstructedButton>}
      >{t`A repository is where restic keeps the snapshots that can be restored here.`}</EmptyState>
    </SectionCard>
  )
}

function identityOf({ agent }: HostView): string {
  if (agent === null) return ''
  const restic = agent.restic === null ? [] : [t`restic ${agent.restic.version}`]
  return [...restic, t`as ${agent.username}`].join(' · ')
}
