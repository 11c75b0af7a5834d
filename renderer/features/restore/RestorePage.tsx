import type { ReactElement } from 'react'
import { Fault } from '../../../contract/errors.ts'
import { describeError } from '../../client/describe-fault.ts'
import { useHosts } from '../../client/hosts-context.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Page } from '../../components/Page.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { useTrail } from '../../components/trail.tsx'
import { RestoreWizard } from './RestoreWizard.tsx'

export interface RestorePageProps {
  readonly hostId: string
  /** Of the address, where they are chosen already. */
  readonly repositoryId: string | null
  readonly snapshotId: string | null
}

/** Restore on a host: what, where to, and then exactly what will happen. */
export function RestorePage({ hostId, repositoryId, snapshotId }: RestorePageProps): ReactElement {
  const hosts = useHosts()
  const host = hosts.value.find(({ id }) => id === hostId)
  const title = `Restore on ${host?.name ?? hostId}`
  useTrail([
    { label: 'Hosts', path: '/' },
    { label: host?.name ?? hostId, path: `/hosts/${hostId}` },
    { label: 'Restore' },
  ])
  return (
    <Page title={title}>
      {host !== undefined ? (
        <RestoreWizard host={host} repositoryId={repositoryId} snapshotId={snapshotId} />
      ) : (
        <SectionCard>
          {hosts.state === 'waiting' ? (
            <LoadingRows label="Loading the host" columns="2fr 1fr" />
          ) : (
            <ErrorState description={describeError(new Fault('not_found', { what: 'host', id: hostId }))} />
          )}
        </SectionCard>
      )}
    </Page>
  )
}
