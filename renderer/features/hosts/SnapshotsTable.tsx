import { Button, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useCallback, useMemo } from 'react'
import type { RepositoryView } from '../../../contract/shapes/repository.ts'
import { describeError } from '../../client/describe-fault.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { useKeys } from '../../components/keys.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { VirtualTable } from '../../components/VirtualTable.tsx'
import { useTreeCache } from '../trees/index.ts'
import type { Away } from './away.ts'
import { snapshotColumns } from './snapshot-columns.tsx'
import { filterSnapshots, type SnapshotRow, snapshotRows } from './snapshot-filter.ts'
import type { Snapshots } from './use-snapshots.ts'

export interface SnapshotsTableProps {
  readonly hostId: string
  readonly repository: RepositoryView
  readonly snapshots: Snapshots
  /** Why nothing can be restored now; null while it can. */
  readonly away: Away | null
  readonly filter: string
  onClearFilter(): void
}

/** A repository's snapshots, newest first: a row opens the tree, its button the restore with it chosen. */
export function SnapshotsTable({
  hostId,
  repository,
  snapshots,
  away,
  filter,
  onClearFilter,
}: SnapshotsTableProps): ReactElement | null {
  const navigate = useNavigate()
  const all = useMemo(() => snapshotRows(snapshots.rows ?? []), [snapshots.rows])
  const shown = useMemo(() => filterSnapshots(all, filter), [all, filter])
  const restore = useCallback(
    ({ id }: SnapshotRow): void =>
      void navigate({
        to: '/hosts/$hostId/restore',
        params: { hostId },
        search: { repository: repository.id, snapshot: id },
      }),
    [navigate, hostId, repository.id],
  )
  const obstacle = away?.what ?? null
  const columns = useMemo(() => snapshotColumns(restore, obstacle), [restore, obstacle])
  const cache = useTreeCache()
  useKeys([
    { keys: 'Enter', label: 'browse' },
    ...(away === null ? [{ keys: 'r', label: 'restore', run: () => restoreActive(shown, restore) }] : []),
  ])
  // What keeps the host from being asked is said above.
  if (snapshots.rows === undefined && snapshots.error === null && !snapshots.loading) return null
  if (snapshots.rows === undefined)
    return (
      <SectionCard>
        {snapshots.error !== null ? (
          <ErrorState description={describeError(snapshots.error)} onRetry={snapshots.refresh} />
        ) : (
          <LoadingRows label="Loading snapshots" rows={12} columns={columns.map(({ width }) => width).join(' ')} />
        )}
      </SectionCard>
    )
  return (
    <VirtualTable
      label={`Snapshots of ${repository.name}`}
      rows={shown}
      columns={columns}
      rowKey={({ id }) => id}
      onOpen={({ id }) =>
        void navigate({
          to: '/hosts/$hostId/repositories/$repositoryId/snapshots/$snapshotId',
          params: { hostId, repositoryId: repository.id, snapshotId: id },
        })
      }
      onNear={({ treeId }) => cache.readAhead({ hostId, repositoryId: repository.id, treeId })}
      empty={all.length === 0 ? <NoSnapshots /> : <NoneFits filter={filter} onClear={onClearFilter} />}
    />
  )
}

/** The row that has the focus says with `r` that it is to be restored from; without one, the newest. */
function restoreActive(rows: readonly SnapshotRow[], restore: (row: SnapshotRow) => void): void {
  const focused = document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row']
  const row = rows[Number(focused ?? 0)]
  if (row !== undefined) restore(row)
}

function NoSnapshots(): ReactElement {
  return (
    <EmptyState title="No snapshots yet">
      The repository can be opened, and nothing was backed up to it. Back something up with restic, then refresh.
    </EmptyState>
  )
}

function NoneFits({ filter, onClear }: { readonly filter: string; readonly onClear: () => void }): ReactElement {
  return (
    <EmptyState
      title="No snapshot fits the filter"
      action={
        <Button variant="default" onClick={onClear}>
          Clear the filter
        </Button>
      }
    >
      <Text span>Nothing in time, host, paths, tags or size holds “{filter}”.</Text>
    </EmptyState>
  )
}
