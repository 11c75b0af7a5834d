import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useDeferredValue, useMemo, useState } from 'react'
import type { AuditEntry } from '../../../contract/shapes/audit.ts'
import { describeError } from '../../client/describe-fault.ts'
import { useHosts } from '../../client/hosts-context.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FilterInput } from '../../components/FilterInput.tsx'
import { formatCount } from '../../components/format.ts'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Page } from '../../components/Page.tsx'
import { useTrail } from '../../components/trail.tsx'
import { VirtualTable } from '../../components/VirtualTable.tsx'
import { allHostsColumns } from './audit-columns.tsx'
import { outcomeWords } from './outcome-words.ts'
import { useRestores } from './use-audit.ts'

const LIMIT = 1000

/** Who restored what, from which snapshot, where to, and with what result; a row opens its run. */
export function AuditPage(): ReactElement {
  useTrail([{ label: 'Recent restores' }])
  const navigate = useNavigate()
  const hosts = useHosts()
  const restores = useRestores(null, LIMIT)
  const [filter, setFilter] = useState('')
  const wanted = useDeferredValue(filter)
  const nameOf = useMemo(() => {
    const names = new Map(hosts.value.map(({ id, name }) => [id, name]))
    return (hostId: string): string => names.get(hostId) ?? hostId
  }, [hosts.value])
  const columns = useMemo(() => allHostsColumns(nameOf), [nameOf])
  const shown = restores.value.filter((entry) => matches(entry, nameOf(entry.hostId), wanted))
  return (
    <Page
      title="Recent restores"
      about={restores.value.length > 0 && formatCount(restores.value.length)}
      actions={<FilterInput label="Filter restores" value={filter} onChange={setFilter} />}
      fill
    >
      {restores.state === 'failed' ? (
        <ErrorState description={describeError(restores.error)} onRetry={restores.again} />
      ) : restores.state === 'waiting' ? (
        <LoadingRows label="Loading restores" columns={columns.map(({ width }) => width).join(' ')} />
      ) : (
        <VirtualTable
          label="Recent restores"
          rows={shown}
          columns={columns}
          rowKey={(entry) => entry.id}
          onOpen={({ hostId, runId }) => {
            if (runId !== null) void navigate({ to: '/hosts/$hostId/runs/$runId', params: { hostId, runId } })
          }}
          empty={
            restores.value.length === 0 ? (
              <EmptyState title="Nothing has been restored yet">
                Every restore stands here from the moment it is asked for: who, from which snapshot, where to, with what
                result.
              </EmptyState>
            ) : (
              <EmptyState
                title="No restore fits the filter"
                action={
                  <Button variant="default" onClick={() => setFilter('')}>
                    Clear the filter
                  </Button>
                }
              />
            )
          }
        />
      )}
    </Page>
  )
}

function matches(entry: AuditEntry, host: string, filter: string): boolean {
  const { actor, summary, targetPath, snapshotId, outcome } = entry
  const text = [actor, host, summary, targetPath ?? '', snapshotId ?? '', outcomeWords(outcome).word]
    .join(' ')
    .toLowerCase()
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
