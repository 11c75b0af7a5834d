import { plural, t } from '@lingui/core/macro'
import { Group, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type ReactElement, useMemo, useState } from 'react'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { LedgerAction, Run } from '../../../contract/shapes/run.ts'
import { describeError } from '../../client/describe-fault.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FilterInput } from '../../components/FilterInput.tsx'
import { useKeys } from '../../components/keys.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { VirtualTable } from '../../components/VirtualTable.tsx'
import { LedgerExport } from './LedgerExport.tsx'
import { LedgerItemCard } from './LedgerItemCard.tsx'
import { ledgerColumns } from './ledger-columns.tsx'
import type { LedgerItem, LedgerRow } from './ledger-rows.ts'
import { OutcomeChips } from './OutcomeChips.tsx'
import { useExportLedger } from './use-export-ledger.ts'
import { type Ledger, useLedger } from './use-ledger.ts'

export interface RunLedgerProps {
  readonly hostId: string
  readonly run: Run
}

/** What became of each item: failures first, each outcome to itself, any part of a path to be looked for. */
export function RunLedger({ hostId, run }: RunLedgerProps): ReactElement {
  const [action, setAction] = useState<LedgerAction | null>(null)
  const [text, setText] = useState('')
  const [shown, setShown] = useState<LedgerItem | null>(null)
  const live = run.state === 'running' || run.state === 'queued'
  const ledger = useLedger({ hostId, runId: run.id, action, text, live })
  const exporting = useExportLedger(hostId, run, { action, text })
  useKeys([{ keys: 'y', does: 'copy path', label: t`copy path` }])
  return (
    <>
      <Group gap="6px 10px" flex="none">
        <Title order={2}>{t`Ledger`}</Title>
        <OutcomeChips counts={run.counts} value={action} onChange={setAction} />
        <Group gap="xs" ml="auto">
          <FilterInput label={t`Filter paths`} value={text} onChange={setText} />
          <LedgerExport exporting={exporting} />
        </Group>
      </Group>
      <LedgerTable run={run} ledger={ledger} live={live} onShow={setShown} />
      {ledger.filter !== '' && ledger.rows !== undefined && (
        <Text
          size="xs"
          c="dimmed"
          role="status"
          flex="none"
        >{t`${plural(ledger.rows.length, { one: '# item', other: '# items' })} with “${ledger.filter}”`}</Text>
      )}
      {shown !== null && <LedgerItemCard item={shown} onClose={() => setShown(null)} />}
    </>
  )
}

interface LedgerTableProps {
  readonly run: Run
  readonly ledger: Ledger
  readonly live: boolean
  onShow(item: LedgerItem): void
}

const rowKey = ({ at }: LedgerRow): string => String(at)

function LedgerTable({ run, ledger, live, onShow }: LedgerTableProps): ReactElement {
  const { counts } = run
  const columns = useMemo(() => ledgerColumns({ counts }), [counts])
  if (ledger.rows === undefined)
    return ledger.error === null ? (
      <LoadingRows label={t`Loading the ledger`} columns="104px 2fr 1fr 76px" />
    ) : (
      <ErrorState description={describeError(ledger.error)} onRetry={ledger.refetch} />
    )
  return (
    <VirtualTable
      label={t`Ledger`}
      rows={ledger.rows}
      columns={columns}
      rowKey={rowKey}
      onSight={ledger.onSight}
      onOpen={({ item }) => {
        if (item !== null) onShow(item)
      }}
      rowKeys={COPY}
      empty={
        ledger.filter === '' ? (
          <EmptyState title={emptyTitle(run, live)}>
            {live && run.subject.kind !== 'backup' && t`Items appear here as soon as their outcome is known.`}
          </EmptyState>
        ) : (
          <EmptyState title={t`No path contains that`} />
        )
      }
    />
  )
}

/** What the letter `y` does to the row that the keyboard is on. */
const COPY = {
  y: ({ item }: LedgerRow): void => {
    if (item === null) return
    void navigator.clipboard
      .writeText(showFileName(item.path))
      .then(() => notifications.show({ message: t`The path is copied.` }))
      .catch(() => notifications.show({ color: 'red', message: t`The path could not be copied.` }))
  },
}

/** A backup's ledger holds only what it could not read. */
function emptyTitle({ subject, state }: Run, live: boolean): string {
  if (subject.kind === 'backup' && live) return t`Everything could be read so far`
  if (subject.kind === 'backup') return state === 'succeeded' ? t`All of it was read` : t`No item is named`
  return live ? t`No outcomes yet` : t`No item was touched`
}
