import { t } from '@lingui/core/macro'
import { Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { FanOutSummary } from '../../../contract/shapes/fan-out.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { useStream } from '../../client/use-stream.ts'
import { ActorName } from '../../components/ActorName.tsx'
import { CountsBar } from '../../components/CountsBar.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Page } from '../../components/Page.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { RelativeTime } from '../../components/Timestamp.tsx'
import type { Column } from '../../components/table-columns.ts'
import { useTrail } from '../../components/trail.tsx'
import { VirtualTable } from '../../components/VirtualTable.tsx'
import { TargetBadge } from '../runs/index.ts'
import { hostParts } from './fan-out-words.ts'

const LIMIT = 200

const COLUMNS: readonly Column<FanOutSummary>[] = [
  { id: 'when', title: t`When`, width: '96px', cell: ({ startedAt }) => <RelativeTime time={startedAt} /> },
  { id: 'state', title: t`State`, width: '116px', cell: ({ state }) => <StateBadge state={state} /> },
  {
    id: 'what',
    title: t`What`,
    width: 'minmax(140px, 2fr)',
    cell: ({ summary, target }) => (
      <>
        <TargetBadge kind={target.kind} /> <Text span>{summary}</Text>
      </>
    ),
  },
  { id: 'hosts', title: t`Hosts`, width: '180px', cell: ({ hosts }) => <CountsBar parts={hostParts(hosts)} /> },
  {
    id: 'who',
    title: t`Who`,
    width: 'minmax(110px, 1fr)',
    cell: ({ startedBy }) => <ActorName actor={startedBy} />,
    hideBelow: 720,
  },
]

/** Restores that were meant for several hosts, the newest first, live. */
export function FanOutsPage(): ReactElement {
  useTrail([{ label: t`Runs`, path: '/runs' }, { label: t`On several hosts` }])
  const client = useClient()
  const navigate = useNavigate()
  const list = useStream<readonly FanOutSummary[], readonly FanOutSummary[]>({
    key: 'fan-outs',
    initial: [],
    open: (signal) => client.fanOuts.watch({ limit: LIMIT }, { signal }),
    reduce: (before, events) => events.at(-1) ?? before,
  })
  return (
    <Page title={t`On several hosts`} fill>
      {list.state === 'waiting' || list.state === 'failed' ? (
        <SectionCard>
          {list.state === 'failed' ? (
            <ErrorState description={describeError(list.error)} onRetry={list.again} />
          ) : (
            <LoadingRows label={t`Loading`} columns={COLUMNS} />
          )}
        </SectionCard>
      ) : (
        <VirtualTable
          label={t`Restores on several hosts`}
          rows={list.value}
          columns={COLUMNS}
          rowKey={({ id }) => id}
          onOpen={({ id }) => void navigate({ to: '/fan-outs/$fanOutId', params: { fanOutId: id } })}
          empty={
            <EmptyState
              title={t`Nothing was restored on several hosts yet`}
            >{t`Put a restore together on one host; at its end there is “Restore on several hosts”.`}</EmptyState>
          }
        />
      )}
    </Page>
  )
}
