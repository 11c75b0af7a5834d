import { plural, t } from '@lingui/core/macro'
import { Button, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useMemo, useRef } from 'react'
import { describeError } from '../../../client/describe-fault.ts'
import { useHostNames } from '../../../client/use-host-names.ts'
import { ButtonLink } from '../../../components/ButtonLink.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { ErrorState } from '../../../components/ErrorState.tsx'
import { FilterInput } from '../../../components/FilterInput.tsx'
import { useKeys } from '../../../components/keys.tsx'
import { LoadingRows } from '../../../components/LoadingRows.tsx'
import { Page } from '../../../components/Page.tsx'
import { SectionCard } from '../../../components/SectionCard.tsx'
import { useTrail } from '../../../components/trail.tsx'
import { VirtualTable } from '../../../components/VirtualTable.tsx'
import { RunFilters } from './RunFilters.tsx'
import { isNarrowed, type RunsAddress } from './run-address.ts'
import { runColumns } from './run-columns.tsx'
import type { RunRow } from './run-rows.ts'
import { type RunsPageState, useRunsPage } from './use-runs-page.ts'

export interface RunsPageProps {
  /** What the list is narrowed to. */
  readonly address: RunsAddress
}

/** Every run that the console knows of, newest first; those that go on are as their hosts tell them now. */
export function RunsPage({ address }: RunsPageProps): ReactElement {
  useTrail([{ label: t`Runs` }])
  const table = useRef<HTMLDivElement>(null)
  const page = useRunsPage(address, table)
  const { runs, text, change } = page
  useKeys([
    { keys: '↑↓', does: 'move', label: t`move` },
    { keys: 'Enter', does: 'open', label: t`open` },
    ...(isNarrowed(address)
      ? [{ keys: 'Escape', does: 'clear filters', label: t`clear filters`, run: page.clear }]
      : []),
  ])
  return (
    <Page
      title={t`Runs`}
      about={runs.rows !== undefined && <Total length={runs.rows.length} isNarrowed={isNarrowed(address)} />}
      actions={
        <>
          <ButtonLink variant="subtle" to="/fan-outs">{t`On several hosts`}</ButtonLink>
          <FilterInput label={t`Filter runs`} value={text.typed} onChange={text.type} onDown={page.goToRows} />
        </>
      }
      fill
    >
      <RunFilters address={address} onChange={change} />
      <div ref={table} style={{ display: 'contents' }}>
        <RunsTable page={page} address={address} />
      </div>
    </Page>
  )
}

function Total({ length, isNarrowed }: { readonly length: number; readonly isNarrowed: boolean }): ReactElement {
  return (
    <Text span role="status">
      {isNarrowed
        ? plural(length, { one: '# run matches', other: '# runs match' })
        : plural(length, { one: '# run', other: '# runs' })}
    </Text>
  )
}

interface RunsTableProps extends RunsPageProps {
  readonly page: RunsPageState
}

const rowKey = ({ at, hostId, run }: RunRow): string => (run === null ? String(at) : `${hostId} ${run.id}`)

function RunsTable({ page: { runs, clear }, address }: RunsTableProps): ReactElement {
  const navigate = useNavigate()
  const nameOf = useHostNames()
  const columns = useMemo(() => runColumns(nameOf), [nameOf])
  if (runs.rows === undefined)
    return (
      <SectionCard>
        {runs.error !== null ? (
          <ErrorState description={describeError(runs.error)} onRetry={runs.refetch} />
        ) : (
          <LoadingRows label={t`Loading runs`} columns={columns} />
        )}
      </SectionCard>
    )
  return (
    <VirtualTable
      label={t`Runs`}
      rows={runs.rows}
      columns={columns}
      rowKey={rowKey}
      onSight={runs.onSight}
      onOpen={({ hostId, run }) => {
        if (run !== null) void navigate({ to: '/hosts/$hostId/runs/$runId', params: { hostId, runId: run.id } })
      }}
      empty={isNarrowed(address) ? <NoneFits onClear={clear} /> : <NoRuns />}
    />
  )
}

function NoRuns(): ReactElement {
  return (
    <EmptyState
      title={t`Nothing has run yet`}
    >{t`Restores, backups and new repositories are listed here, while they run and afterwards.`}</EmptyState>
  )
}

function NoneFits({ onClear }: { readonly onClear: () => void }): ReactElement {
  return (
    <EmptyState
      title={t`No run matches the filters`}
      action={<Button variant="default" onClick={onClear}>{t`Clear the filters`}</Button>}
    >{t`Text is searched for in ids, paths, reasons, who started it, and the names of hosts and repositories.`}</EmptyState>
  )
}
