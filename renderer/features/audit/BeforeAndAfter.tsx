import { t } from '@lingui/core/macro'
import { Button, Group, Table, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { Fault } from '../../../contract/errors.ts'
import { type RowOf, toRows } from '../../../contract/shapes/columns.ts'
import type { LedgerAction, LedgerPage, Run } from '../../../contract/shapes/run.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatBytes, formatCount } from '../../components/format.ts'
import { useRevealPath } from '../basket/index.ts'
import { LEDGER_WORDS, SnapshotLink } from '../runs/index.ts'
import classes from './Audit.module.css'

export interface BeforeAndAfterProps {
  readonly hostId: string
  readonly run: Run
  readonly safetySnapshot: string | null
}

/** Items of each kind that are named; the run's ledger has them all. */
const SHOWN = 50
const CHANGED = ['updated', 'deleted'] as const

/** What an in-place restore changed or deleted: what was there is in the safety snapshot, what is there the ledger says. */
export function BeforeAndAfter({ hostId, run, safetySnapshot }: BeforeAndAfterProps): ReactElement {
  const client = useClient()
  const saved = safetySnapshot === 'wanted' ? null : safetySnapshot
  const show = useShowBefore(hostId, run.repositoryId, saved)
  const items = useQuery({
    queryKey: ['before-and-after', hostId, run.id, run.state],
    queryFn: async ({ signal }) => {
      const pages = CHANGED.map((action) =>
        client.runs.ledger({ hostId, runId: run.id, action, text: '', offset: 0, limit: SHOWN }, { signal }),
      )
      return (await Promise.all(pages)).flatMap((page) => toRows(page.items))
    },
    gcTime: 60_000,
  })
  const changed = run.counts.updated + run.counts.deleted
  if (changed === 0) return <Text size="sm">{t`Nothing that was there was changed or deleted.`}</Text>
  if (items.isError) return <ErrorState description={describeError(items.error)} onRetry={() => void items.refetch()} />
  return (
    <>
      <Saved hostId={hostId} repositoryId={run.repositoryId} saved={saved} />
      <ChangedItems items={items.data ?? []} isSaved={saved !== null} show={show} />
      {items.data !== undefined && changed > items.data.length && (
        <Text
          size="xs"
          c="dimmed"
        >{t`and ${{ count: formatCount(changed - items.data.length) }} more in the run’s ledger`}</Text>
      )}
    </>
  )
}

interface ChangedItemsProps {
  readonly items: readonly RowOf<LedgerPage['items']>[]
  readonly isSaved: boolean
  readonly show: ReturnType<typeof useShowBefore>
}

function ChangedItems({ items, isSaved, show }: ChangedItemsProps): ReactElement {
  return (
    <Table verticalSpacing={3} horizontalSpacing={6} className={classes['changed'] ?? ''}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t`Path`}</Table.Th>
          <Table.Th>{t`Before`}</Table.Th>
          <Table.Th>{t`Now`}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map(({ path, action, size }) => (
          <Table.Tr key={`${action} ${path}`}>
            <Table.Td>
              <FileName name={path} />
            </Table.Td>
            <Table.Td>
              {isSaved ? (
                <Button
                  variant="subtle"
                  size="compact-xs"
                  ml="-sm"
                  loading={show.isPending && show.variables === path}
                  onClick={() => show.mutate(path)}
                >{t`Show`}</Button>
              ) : (
                <Text size="sm" c="dimmed">{t`not kept`}</Text>
              )}
            </Table.Td>
            <Table.Td>{nowWords(action, size)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function nowWords(action: LedgerAction, size: number | null): string {
  if (action === 'deleted') return LEDGER_WORDS.deleted
  return size === null ? t`as the snapshot has it` : t`as the snapshot has it, ${{ bytes: formatBytes(size) }}`
}

interface SavedProps {
  readonly hostId: string
  readonly repositoryId: string
  readonly saved: string | null
}

function Saved({ hostId, repositoryId, saved }: SavedProps): ReactElement {
  if (saved === null)
    return (
      <Text size="sm">{t`No safety snapshot was taken: what was there before is known only where another backup has it.`}</Text>
    )
  return (
    <Group gap="xs" mb={4}>
      <Text size="sm">{t`What was there before is in the safety snapshot`}</Text>
      <SnapshotLink hostId={hostId} repositoryId={repositoryId} snapshotId={saved} />
    </Group>
  )
}

/** Goes to a path in the tree of the safety snapshot. */
function useShowBefore(hostId: string, repositoryId: string, snapshotId: string | null) {
  const client = useClient()
  const navigate = useNavigate()
  const reveal = useRevealPath()
  return useMutation({
    mutationFn: async (path: string) => {
      if (snapshotId === null) return
      const { snapshots } = await client.snapshots.list({ hostId, repositoryId })
      const snapshot = toRows(snapshots).find(({ id }) => id === snapshotId)
      if (snapshot === undefined) throw new Fault('not_found', { what: 'snapshot', id: snapshotId.slice(0, 8) })
      const place = { hostId, repositoryId, snapshotId }
      await reveal(place, snapshot.treeId, path, { choose: 'no' })
      await navigate({ to: '/hosts/$hostId/repositories/$repositoryId/snapshots/$snapshotId', params: place })
    },
    onError: (error) => {
      const { title, nextStep } = describeError(error)
      notifications.show({ color: 'red', title, message: nextStep })
    },
  })
}
