import { t } from '@lingui/core/macro'
import { Badge, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { Fault } from '../../../contract/errors.ts'
import type { Door, HostView } from '../../../contract/shapes/host.ts'
import type { FurtherRestore } from '../../../contract/shapes/restore.ts'
import { describeError } from '../../client/describe-fault.ts'
import { useHosts } from '../../client/hosts-context.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Page } from '../../components/Page.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { useTrail } from '../../components/trail.tsx'
import { FurtherRestoreForm } from './FurtherRestoreForm.tsx'
import { RestoreForm } from './RestoreForm.tsx'

export interface RestorePageProps {
  readonly hostId: string
  /** Of the address, where they are chosen already; a repository without a snapshot is its basket. */
  readonly repositoryId: string | null
  readonly snapshotId: string | null
  /** The run that it follows from; null for a restore that somebody puts together. */
  readonly follows: FurtherRestore | null
}

/** What tells a host from others of a like name: its labels, and how it is reached. */
function WhichHost({ host: { door, labels } }: { readonly host: HostView }): ReactElement {
  return (
    <>
      {labels.map((label) => (
        <Badge key={label}>{label}</Badge>
      ))}
      <Text span>{doorWords(door)}</Text>
    </>
  )
}

function doorWords(door: Door): string {
  switch (door.kind) {
    case 'local':
      return t`this computer`
    case 'tls':
      return door.address
    case 'ssh':
      return t`through ssh ${{ destination: door.destination }}`
  }
}

function titleOf(follows: FurtherRestore | null, host: string): string {
  switch (follows?.kind) {
    case 'resume':
      return t`Resume a restore on ${host}`
    case 'retry':
      return t`Try again what failed on ${host}`
    case 'revert':
      return t`Revert a restore on ${host}`
    case undefined:
      return t`Restore on ${host}`
  }
}

/** Restore on a host: what, where to, how, what that will do, and then the word to do it. */
export function RestorePage({ hostId, repositoryId, snapshotId, follows }: RestorePageProps): ReactElement {
  const hosts = useHosts()
  const host = hosts.value.find(({ id }) => id === hostId)
  const title = titleOf(follows, host?.name ?? hostId)
  useTrail([
    { label: t`Hosts`, path: '/' },
    { label: host?.name ?? hostId, path: `/hosts/${encodeURIComponent(hostId)}` },
    { label: follows === null ? t`Restore` : title },
  ])
  return (
    <Page title={title} about={host !== undefined && <WhichHost host={host} />}>
      {host === undefined ? (
        <SectionCard>
          {hosts.state === 'waiting' ? (
            <LoadingRows label={t`Loading the host`} columns="2fr 1fr" />
          ) : (
            <ErrorState description={describeError(new Fault('not_found', { what: 'host', id: hostId }))} />
          )}
        </SectionCard>
      ) : follows === null ? (
        <RestoreForm host={host} repositoryId={repositoryId} snapshotId={snapshotId} />
      ) : (
        <FurtherRestoreForm key={`${follows.kind} ${follows.runId}`} host={host} follows={follows} />
      )}
    </Page>
  )
}
