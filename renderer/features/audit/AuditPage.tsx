import { t } from '@lingui/core/macro'
import { SegmentedControl } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useCallback, useMemo } from 'react'
import { useHostNames } from '../../client/use-host-names.ts'
import { Page } from '../../components/Page.tsx'
import { useTrail } from '../../components/trail.tsx'
import { useNow } from '../../components/use-now.ts'
import { AuditEntries } from './AuditEntries.tsx'
import type { AuditKind } from './audit-kinds.ts'
import { ExportRestores } from './ExportRestores.tsx'
import { startOfDay } from './local-days.ts'
import { RestoresPanel } from './RestoresPanel.tsx'
import { RestoreTextFilter } from './RestoreTextFilter.tsx'
import {
  type FilterAddress,
  filterOf,
  narrowFilters,
  type RestoreFilters,
  readFilters,
  writeFilters,
} from './restore-filters.ts'
import { VerifyChain } from './VerifyChain.tsx'

const KINDS: readonly { readonly value: AuditKind; readonly label: string }[] = [
  { value: 'restores', label: t`Restores` },
  { value: 'previews', label: t`Previews` },
  { value: 'all', label: t`All` },
]

/** What the address of the audit holds: which part of it, and what its list of restores is narrowed by. */
export interface AuditAddress extends FilterAddress {
  readonly show?: Exclude<AuditKind, 'restores'>
}

export function narrowAudit(search: Record<string, unknown>): AuditAddress {
  const { show } = search
  return { ...narrowFilters(search), ...(show === 'previews' || show === 'all' ? { show } : {}) }
}

/** Who restored what, from which snapshot, where to, and with what result; who looked into which file; all that was asked of hosts. */
export function AuditPage({ address }: { readonly address: AuditAddress }): ReactElement {
  const kind = address.show ?? 'restores'
  const navigate = useNavigate()
  const show = (value: string): void => {
    void navigate({ to: '/audit', search: (latest) => narrowAudit({ ...latest, show: value }), replace: true })
  }
  const switcher = (
    <SegmentedControl
      aria-label={t`What to show`}
      data={KINDS.map(({ value, label }) => ({ value, label }))}
      value={kind}
      onChange={show}
    />
  )
  useTrail([{ label: t`Recent restores` }])
  return kind === 'restores' ? (
    <RestoresPage address={address} switcher={switcher} />
  ) : (
    <AuditEntries key={kind} kind={kind} switcher={switcher} />
  )
}

interface RestoresPageProps {
  readonly address: AuditAddress
  readonly switcher: ReactElement
}

function RestoresPage({ address, switcher }: RestoresPageProps): ReactElement {
  const navigate = useNavigate()
  const nameOf = useHostNames()
  const text = JSON.stringify(narrowFilters({ ...address }))
  const filters = useMemo(() => readFilters(JSON.parse(text)), [text])
  const today = startOfDay(useNow()).getTime()
  const filter = useMemo(() => filterOf(filters, new Date(today)), [filters, today])
  const change = useCallback(
    (fields: Partial<RestoreFilters>): void =>
      void navigate({
        to: '/audit',
        // Not of the filters as they were drawn: two changes may come before the next drawing.
        search: (latest) => writeFilters({ ...readFilters(narrowFilters(latest)), ...fields }),
        replace: true,
      }),
    [navigate],
  )
  return (
    <Page
      title={t`Recent restores`}
      actions={
        <>
          {switcher}
          <RestoreTextFilter text={filters.text} onChange={(typed) => change({ text: typed })} />
          <ExportRestores filter={filter} nameOf={nameOf} />
          <VerifyChain />
        </>
      }
      fill
    >
      <RestoresPanel filters={filters} onChange={change} nameOf={nameOf} />
    </Page>
  )
}
