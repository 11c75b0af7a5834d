import { t } from '@lingui/core/macro'
import { Button } from '@mantine/core'
import { type ReactElement, useDeferredValue, useMemo, useState } from 'react'
import type { PastRestoreDay, PastRestoreFilter } from '../../../contract/shapes/past-restore.ts'
import { describeError } from '../../client/describe-fault.ts'
import { ANY_TIME } from '../../components/date-range.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { useNow } from '../../components/use-now.ts'
import { VirtualTable } from '../../components/VirtualTable.tsx'
import { startOfDay } from './local-days.ts'
import { allHostsColumns } from './past-restore-columns.tsx'
import { RestorePlots } from './plots/RestorePlots.tsx'
import { RestoreDrawer } from './RestoreDrawer.tsx'
import { RestoreFilterBar } from './RestoreFilterBar.tsx'
import { RestoreTotals } from './RestoreTotals.tsx'
import { filterOf, NO_FILTERS, type RestoreFilters, sameFilters } from './restore-filters.ts'
import type { RestoreRow } from './restore-rows.ts'
import { useDurations, usePastRestores, useRestoreNews, useTotals } from './use-past-restores.ts'
import { useRestoreDrawer } from './use-restore-drawer.ts'
import { STRIP_DAYS, useStrip } from './use-strip.ts'

export interface RestoresPanelProps {
  readonly filters: RestoreFilters
  onChange(change: Partial<RestoreFilters>): void
  nameOf(hostId: string): string
}

const rowKey = ({ at, restore }: RestoreRow): string =>
  restore === null ? `at ${at}` : `${restore.hostId} ${restore.id}`

/** Every restore on the hosts of this workspace, whoever asked for it: narrowed, summed up, and each with its record. */
export function RestoresPanel(props: RestoresPanelProps): ReactElement {
  const { filters, onChange } = props
  const today = startOfDay(useNow()).getTime()
  const filter = useMemo(() => filterOf(filters, new Date(today)), [filters, today])
  const news = useRestoreNews()
  return (
    <>
      <RestoreFilterBar filters={filters} news={news} onChange={onChange} />
      <Summary {...props} filter={filter} today={today} news={news} />
      <Restores {...props} filter={filter} news={news} />
    </>
  )
}

interface PartProps extends RestoresPanelProps {
  readonly filter: PastRestoreFilter
  readonly news: string
}

// Each part reads what it shows, so that none is drawn again for what another has read.

/** How much was restored of what fits, the last days, and their plots where somebody wants them. */
function Summary({
  filters,
  filter,
  today,
  news,
  onChange,
  nameOf,
}: PartProps & { readonly today: number }): ReactElement {
  const totals = useTotals(filter, news)
  const { shown } = useStrip(filters, { today: new Date(today), news, onChange })
  // Ninety columns may wait for what is more urgent.
  const days = useDeferredValue(shown.days)
  const [plotted, setPlotted] = useState(false)
  return (
    <>
      <RestoreTotals totals={totals.data} plotted={plotted} onPlot={setPlotted} {...shown} days={days} />
      {plotted && <Plots filters={filters} days={days ?? NO_DAYS} news={news} nameOf={nameOf} />}
    </>
  )
}

function Restores({ filters, filter, news, onChange, nameOf }: PartProps): ReactElement {
  const restores = usePastRestores(filter, news)
  const drawer = useRestoreDrawer(restores.rows, restores.onSight)
  const columns = useMemo(() => allHostsColumns(nameOf), [nameOf])
  return (
    <>
      {restores.rows === undefined ? (
        restores.error === null ? (
          <LoadingRows label={t`Loading the restores`} columns={columns} />
        ) : (
          <ErrorState description={describeError(restores.error)} onRetry={restores.refetch} />
        )
      ) : (
        <VirtualTable
          label={t`Recent restores`}
          rows={restores.rows}
          columns={columns}
          rowKey={rowKey}
          onSight={restores.onSight}
          onOpen={drawer.open}
          empty={sameFilters(filters, NO_FILTERS) ? <Nothing /> : <NoneFits onClear={() => onChange(NO_FILTERS)} />}
        />
      )}
      <RestoreDrawer {...drawer.shown} hostName={nameOf(drawer.shown.restore?.hostId ?? '')} />
    </>
  )
}

const NO_DAYS: readonly PastRestoreDay[] = []

interface PlotsProps {
  readonly filters: RestoreFilters
  readonly days: readonly PastRestoreDay[]
  readonly news: string
  nameOf(hostId: string): string
}

/** As the strip, of the last days whatever the list is narrowed to. */
function Plots({ filters, days, news, nameOf }: PlotsProps): ReactElement {
  const [first] = days
  const asked = filterOf({ ...filters, when: ANY_TIME }, new Date(0))
  const durations = useDurations({ ...asked, from: first?.from ?? null }, news)
  return <RestorePlots days={days} durations={durations.data ?? []} nameOf={nameOf} />
}

function Nothing(): ReactElement {
  return (
    <EmptyState
      title={t`Nothing has been restored yet`}
    >{t`Every restore is listed here from the moment it is asked for, whichever console asked for it: who, from which snapshot, where to, with what result, and whether it was read back.`}</EmptyState>
  )
}

function NoneFits({ onClear }: { readonly onClear: () => void }): ReactElement {
  return (
    <EmptyState
      title={t`Nothing matches the filters`}
      action={<Button variant="default" onClick={onClear}>{t`Clear the filters`}</Button>}
    >
      {t`The strip shows the last ${STRIP_DAYS} days; a column of it narrows the list to its day.`}
    </EmptyState>
  )
}
