import { t } from '@lingui/core/macro'
import { Button, Text } from '@mantine/core'
import { type ReactElement, useMemo } from 'react'
import { Fault, isFault } from '../../../contract/errors.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { RepositoryView } from '../../../contract/shapes/repository.ts'
import { describeError } from '../../client/describe-fault.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { useKeys } from '../../components/keys.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { useNow } from '../../components/use-now.ts'
import { VirtualTable } from '../../components/VirtualTable.tsx'
import { InitialiseRepository } from '../repositories/index.ts'
import { useTreeCache } from '../trees/index.ts'
import type { Away } from './away.ts'
import { obstacleOn } from './obstacle.ts'
import { snapshotColumns } from './snapshot-columns.tsx'
import { filterSnapshots, type SnapshotRow, snapshotRows } from './snapshot-filter.ts'
import { useSnapshotLinks } from './use-snapshot-links.ts'
import type { Snapshots } from './use-snapshots.ts'

export interface SnapshotsTableProps {
  readonly host: HostView
  readonly repository: RepositoryView
  readonly snapshots: Snapshots
  /** Why nothing can be restored now; null while it can. */
  readonly away: Away | null
  readonly filter: string
  onClearFilter(): void
}

/** A repository's snapshots, newest first: a row opens the tree, its button the restore with it chosen. */
export function SnapshotsTable({
  host,
  repository,
  snapshots,
  away,
  filter,
  onClearFilter,
}: SnapshotsTableProps): ReactElement | null {
  const hostId = host.id
  const all = useMemo(() => snapshotRows(snapshots.rows ?? []), [snapshots.rows])
  const shown = useMemo(() => filterSnapshots(all, filter), [all, filter])
  const { open, restore, compare } = useSnapshotLinks(hostId, repository.id)
  const lacking = obstacleOn(host, 'operator', useNow())
  const obstacle = away === null ? lacking : `${away.what}.`
  const columns = useMemo(() => snapshotColumns({ restore, compare }, obstacle), [restore, compare, obstacle])
  const cache = useTreeCache()
  useKeys([
    { keys: 'Enter', does: 'browse', label: t`browse` },
    ...(away === null ? [{ keys: 'c', does: 'changes', label: t`changes` }] : []),
    ...(obstacle === null
      ? [{ keys: 'r', does: 'restore', label: t`restore`, run: () => restoreNewest(shown, restore) }]
      : []),
  ])
  // What keeps the host from being asked is said above.
  if (snapshots.rows === undefined && snapshots.error === null && !snapshots.loading) return null
  if (snapshots.rows === undefined)
    return (
      <SectionCard>
        {snapshots.error !== null ? (
          <NotRead host={host} repository={repository} snapshots={snapshots} />
        ) : (
          <LoadingRows label={t`Loading snapshots`} rows={12} columns={columns} />
        )}
      </SectionCard>
    )
  return (
    <VirtualTable
      label={t`Snapshots of ${repository.name}`}
      rows={shown}
      columns={columns}
      rowKey={({ id }) => id}
      onOpen={open}
      rowKeys={{ ...(away === null && { c: compare }), ...(obstacle === null && { r: restore }) }}
      onNear={({ treeId }) => cache.readAhead({ hostId, repositoryId: repository.id, treeId })}
      empty={all.length === 0 ? <NoSnapshots /> : <NoneFits filter={filter} onClear={onClearFilter} />}
    />
  )
}

/** The row that has the keyboard is restored from with `r`; while none has it, the newest. */
function restoreNewest(rows: readonly SnapshotRow[], restore: (row: SnapshotRow) => void): void {
  const [row] = rows
  if (row !== undefined) restore(row)
}

const GONE = new Fault('conflict', { what: 'opened_before', detail: '' })

type NotReadProps = Pick<SnapshotsTableProps, 'host' | 'repository' | 'snapshots'>

/** Why the snapshots could not be read. Where the place says that there is no repository, and only then, one can be made. */
function NotRead({ host, repository, snapshots }: NotReadProps): ReactElement {
  const obstacle = obstacleOn(host, 'admin', useNow())
  const isAbsent = isFault(snapshots.error, 'repository_not_initialised')
  return (
    <ErrorState
      description={describeError(isAbsent && repository.openedBefore ? GONE : snapshots.error)}
      onRetry={snapshots.refresh}
      action={
        isAbsent && (
          <InitialiseRepository
            hostId={host.id}
            hostname={host.agent?.hostname ?? host.name}
            repository={repository}
            obstacle={obstacle}
          />
        )
      }
    />
  )
}

function NoSnapshots(): ReactElement {
  return (
    <EmptyState
      title={t`No snapshots yet`}
    >{t`The repository can be opened, but nothing has been backed up to it yet. Back something up with the button above, or with restic on the host.`}</EmptyState>
  )
}

function NoneFits({ filter, onClear }: { readonly filter: string; readonly onClear: () => void }): ReactElement {
  return (
    <EmptyState
      title={t`No snapshot matches the filter`}
      action={<Button variant="default" onClick={onClear}>{t`Clear the filter`}</Button>}
    >
      <Text span>{t`No time, host, path, tag or size contains “${filter}”.`}</Text>
    </EmptyState>
  )
}
