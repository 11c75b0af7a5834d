import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useMemo } from 'react'
import type { Run } from '../../../contract/shapes/run.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { useHosts } from '../../client/hosts-context.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Page } from '../../components/Page.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { useTrail } from '../../components/trail.tsx'
import { VirtualTable } from '../../components/VirtualTable.tsx'
import { RUN_COLUMNS } from './run-columns.tsx'

const LIMIT = 500

export interface HostRun {
  readonly hostId: string
  readonly hostName: string
  readonly run: Run
}

/** Every run that the console knows of, newest first; those that go on are as their hosts tell them now. */
export function RunsPage(): ReactElement {
  useTrail([{ label: 'Runs' }])
  const client = useClient()
  const navigate = useNavigate()
  const hosts = useHosts().value
  /** A run that begins or ends makes the list another one. */
  const going = hosts.flatMap(({ activeRun }) => (activeRun === null ? [] : [activeRun.id])).join(' ')
  const runs = useQuery({
    queryKey: ['runs', going],
    queryFn: ({ signal }) => client.runs.list({ hostId: null, limit: LIMIT }, { signal }),
    placeholderData: (before) => before,
    gcTime: 0,
  })
  const rows = useMemo(() => {
    const byId = new Map(hosts.map((host) => [host.id, host]))
    return runs.data?.map(({ hostId, run }): HostRun => {
      const host = byId.get(hostId)
      return { hostId, hostName: host?.name ?? hostId, run: host?.activeRun?.id === run.id ? host.activeRun : run }
    })
  }, [hosts, runs.data])
  return (
    <Page title="Runs" about={rows !== undefined && rows.length > 0 && <Text span>{rows.length}</Text>} fill>
      {rows === undefined ? (
        <SectionCard>
          {runs.isError ? (
            <ErrorState description={describeError(runs.error)} onRetry={() => void runs.refetch()} />
          ) : (
            <LoadingRows label="Loading runs" columns={RUN_COLUMNS.map(({ width }) => width).join(' ')} />
          )}
        </SectionCard>
      ) : (
        <VirtualTable
          label="Runs"
          rows={rows}
          columns={RUN_COLUMNS}
          rowKey={({ hostId, run }) => `${hostId} ${run.id}`}
          onOpen={({ hostId, run }) =>
            void navigate({ to: '/hosts/$hostId/runs/$runId', params: { hostId, runId: run.id } })
          }
          empty={
            <EmptyState title="Nothing has run yet">
              Restores and the making of repositories stand here, as they go on and after they have ended.
            </EmptyState>
          }
        />
      )}
    </Page>
  )
}
