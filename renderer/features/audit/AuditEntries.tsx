import { t } from '@lingui/core/macro'
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useCallback, useDeferredValue, useMemo, useState } from 'react'
import { type AuditEntry, NO_HOST } from '../../../contract/shapes/audit.ts'
import { describeError } from '../../client/describe-fault.ts'
import { useHostNames } from '../../client/use-host-names.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FilterInput } from '../../components/FilterInput.tsx'
import { formatCount } from '../../components/format.ts'
import { useKeys } from '../../components/keys.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Page } from '../../components/Page.tsx'
import { VirtualTable } from '../../components/VirtualTable.tsx'
import { AuditDetails, type AuditDetailsProps } from './AuditDetails.tsx'
import { allHostsColumns } from './audit-columns.tsx'
import { type AuditKind, matchesEntry, ofKind } from './audit-kinds.ts'
import { useAudit } from './use-audit.ts'
import { VerifyChain } from './VerifyChain.tsx'

const LIMIT = 1000

type EntryKind = Exclude<AuditKind, 'restores'>

const TITLES: Readonly<Record<EntryKind, string>> = {
  previews: t`Recent previews`,
  all: t`What was done`,
}

export interface AuditEntriesProps {
  readonly kind: EntryKind
  /** Leads to the other parts of the audit. */
  readonly switcher: ReactElement
}

/** What this console asked of hosts, as it was written down: who looked into which file, and all the rest; a row opens its run. */
export function AuditEntries({ kind, switcher }: AuditEntriesProps): ReactElement {
  const navigate = useNavigate()
  const hostName = useHostNames()
  const audit = useAudit(null, LIMIT)
  const [filter, setFilter] = useState('')
  const wanted = useDeferredValue(filter)
  const nameOf = useMemo(
    () =>
      (hostId: string): string =>
        hostId === NO_HOST ? t`this console` : hostName(hostId),
    [hostName],
  )
  const { details, show, hide } = useDetails()
  const columns = useMemo(() => allHostsColumns({ nameOf, kind, onDetails: show }), [nameOf, kind, show])
  const entries = ofKind(audit.value, kind)
  const shown = entries.filter((entry) => matchesEntry(entry, nameOf(entry.hostId), wanted))
  return (
    <Page
      title={TITLES[kind]}
      about={entries.length > 0 && formatCount(entries.length)}
      actions={
        <>
          {switcher}
          <FilterInput label={t`Filter`} value={filter} onChange={setFilter} />
          <VerifyChain />
        </>
      }
      fill
    >
      {audit.state === 'failed' ? (
        <ErrorState description={describeError(audit.error)} onRetry={audit.again} />
      ) : audit.state === 'waiting' ? (
        <LoadingRows label={t`Loading the audit`} columns={columns} />
      ) : (
        <VirtualTable
          label={TITLES[kind]}
          rows={shown}
          columns={columns}
          rowKey={(entry) => entry.id}
          rowKeys={{ i: show }}
          onOpen={({ hostId, runId }) => {
            if (runId !== null) void navigate({ to: '/hosts/$hostId/runs/$runId', params: { hostId, runId } })
          }}
          empty={entries.length === 0 ? <Nothing kind={kind} /> : <NoneFits onClear={() => setFilter('')} />}
        />
      )}
      <AuditDetails {...details} hostName={nameOf(details.entry?.hostId ?? '')} onClose={hide} />
    </Page>
  )
}

/** Which entry is looked at. It stays in its drawer while that closes. */
function useDetails() {
  const [details, setDetails] = useState<Pick<AuditDetailsProps, 'entry' | 'opened'>>({ entry: null, opened: false })
  useKeys([{ keys: 'i', does: 'details', label: t`details` }])
  return {
    details,
    show: useCallback((entry: AuditEntry) => setDetails({ entry, opened: true }), []),
    hide: () => setDetails({ ...details, opened: false }),
  }
}

function Nothing({ kind }: { readonly kind: EntryKind }): ReactElement {
  return kind === 'previews' ? (
    <EmptyState
      title={t`Nobody has looked into a file yet`}
    >{t`Every preview is listed here: who, which file, in which snapshot of which host.`}</EmptyState>
  ) : (
    <EmptyState
      title={t`Nothing has been done yet`}
    >{t`Whatever this console asks of a host is listed here from the moment it is asked.`}</EmptyState>
  )
}

function NoneFits({ onClear }: { readonly onClear: () => void }): ReactElement {
  return (
    <EmptyState
      title={t`Nothing matches the filter`}
      action={<Button variant="default" onClick={onClear}>{t`Clear the filter`}</Button>}
    />
  )
}
