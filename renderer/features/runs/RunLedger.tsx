import { Button, Group, SegmentedControl, Text, Title } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { type LedgerAction, ledgerActionSchema, type Run } from '../../../contract/shapes/run.ts'
import { describeError } from '../../client/describe-fault.ts'
import { Bytes } from '../../components/Bytes.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatCount } from '../../components/format.ts'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import type { Column } from '../../components/table-columns.ts'
import { VirtualTable } from '../../components/VirtualTable.tsx'
import { ACTIONS, actionState } from './run-words.ts'
import { type LedgerRow, useLedger } from './use-ledger.ts'

const REASONED: readonly Column<LedgerRow>[] = [
  {
    id: 'action',
    title: 'Outcome',
    width: '96px',
    cell: ({ action }) => <StateBadge state={actionState(action)}>{action}</StateBadge>,
  },
  {
    id: 'path',
    title: 'Path',
    width: 'minmax(140px, 2fr)',
    cell: ({ path }) => <FileName name={path} />,
  },
  {
    id: 'reason',
    title: 'Reason',
    width: 'minmax(80px, 1.2fr)',
    cell: ({ reason }) => (
      <Text span c="dimmed" title={reason}>
        {reason}
      </Text>
    ),
    hideBelow: 420,
  },
  { id: 'size', title: 'Size', width: '76px', align: 'end', cell: ({ size }) => <Bytes value={size} /> },
]
const UNREASONED = REASONED.filter(({ id }) => id !== 'reason')

/** Where all went well no item has a reason, and its column would only take room from the paths. */
function columnsFor(rows: readonly LedgerRow[]): readonly Column<LedgerRow>[] {
  return rows.some(({ reason }) => reason !== '') ? REASONED : UNREASONED
}

export interface RunLedgerProps {
  readonly hostId: string
  readonly run: Run
}

/** What became of each item: failures first, and each outcome to itself. */
export function RunLedger({ hostId, run }: RunLedgerProps): ReactElement {
  const [action, setAction] = useState<LedgerAction | null>(null)
  const live = run.state === 'running' || run.state === 'queued'
  const ledger = useLedger({ hostId, runId: run.id, action, live })
  return (
    <>
      <Group gap="sm" flex="none">
        <Title order={2}>Ledger</Title>
        <SegmentedControl
          aria-label="Outcome"
          size="xs"
          value={action ?? 'all'}
          onChange={(value) => setAction(ledgerActionSchema.safeParse(value).data ?? null)}
          data={filters(run)}
        />
      </Group>
      {ledger.rows === undefined ? (
        ledger.error !== null ? (
          <ErrorState description={describeError(ledger.error)} onRetry={ledger.refetch} />
        ) : (
          <LoadingRows label="Loading the ledger" columns="96px 2fr 1fr 76px" />
        )
      ) : (
        <VirtualTable
          label="Ledger"
          rows={ledger.rows}
          columns={columnsFor(ledger.rows)}
          rowKey={({ at }) => String(at)}
          empty={
            <EmptyState title={emptyTitle(run, live)}>
              {live &&
                run.subject.kind !== 'backup' &&
                'Each file stands here as soon as it is known what became of it.'}
            </EmptyState>
          }
        />
      )}
      {ledger.more !== null && (
        <Group gap="sm" flex="none">
          <Text size="xs" c="dimmed">
            {formatCount(ledger.rows?.length ?? 0)} of {formatCount(ledger.total)} are shown
          </Text>
          <Button variant="default" size="compact-xs" loading={ledger.readingMore} onClick={ledger.more}>
            Show more
          </Button>
        </Group>
      )}
    </>
  )
}

/** A backup's ledger holds only what it could not read. */
function emptyTitle({ subject, state }: Run, live: boolean): string {
  if (subject.kind === 'backup' && live) return 'All could be read so far'
  if (subject.kind === 'backup') return state === 'succeeded' ? 'All of it was read' : 'No item is named'
  return live ? 'No outcomes yet' : 'No item was touched'
}

function filters({ counts }: Run): { value: string; label: string }[] {
  const all = ACTIONS.reduce((sum, action) => sum + counts[action], 0)
  const some = ACTIONS.filter((action) => counts[action] > 0)
  return [
    { value: 'all', label: `all ${formatCount(all)}` },
    ...some.map((action) => ({ value: action, label: `${action} ${formatCount(counts[action])}` })),
  ]
}
