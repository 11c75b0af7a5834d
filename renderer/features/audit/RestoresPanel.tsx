import { t } from '@lingui/core/macro'
import { Button } from '@mantine/core'
import { lazy, type ReactElement, Suspense, useMemo, useState } from 'react'
import { describeError } from '../../client/describe-fault.ts'
import { ANY_TIME } from '../../components/date-range.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { useNow } from '../../components/use-now.ts'
import { VirtualTable } from '../../components/VirtualTable.tsx'
import { startOfDay } from './local-days.ts'
import { allHostsColumns } from './past-restore-columns.tsx'
import { RestoreDrawer } from './RestoreDrawer.tsx'
import { RestoreFilterBar } from './RestoreFilterBar.tsx'
import { RestoreTotals } from './RestoreTotals.tsx'
import { filterOf, NO_FILTERS, type RestoreFilters, sameFilters } from './restore-filters.ts'
import type { RestoreRow } from './restore-rows.ts'
import { SavedViewsMenu } from './SavedViewsMenu.tsx'
import { useActors, useDurations, usePastRestores, useRestoreNews, useTotals } from './use-past-restores.ts'
import { useRestoreDrawer } from './use-restore-drawer.ts'
import { STRIP_DAYS, useStrip } from './use-strip.ts'

/** Read only where somebody wants to see plots. */
const RestorePlots = lazy(async () => ({ default: (await import('./plots/RestorePlots.tsx')).RestorePlots }))

export interface RestoresPanelProps {
  readonly filters: RestoreFilters
  onChange(change: Partial<RestoreFilters>): void
  nameOf(hostId: string): string
}

const rowKey = ({ at, restore }: RestoreRow): string =>
  restore === null ? `at ${at}` : `${restore.hostId} ${restore.id}`

/** Every restore on the hosts of this workspace, whoever asked for it: narrowed, summed up, and each with its record. */
export function RestoresPanel({ filters, onChange, nameOf }: RestoresPanelProps): ReactElement {
  const today = startOfDay(useNow()).getTime()
  const filter = useMemo(() => filterOf(filters, new Date(today)), [filters, today])
  const news = useRestoreNews()
  const restores = usePastRestores(filter, news)
  const totals = useTotals(filter, news)
  const strip = useStrip(filters, { today: new Date(today), news, onChange })
  const actors = useActors(news)
  const [plotted, setPlotted] = useState(false)
  const drawer = useRestoreDrawer(restores.rows, restores.onSight)
  const columns = useMemo(() => allHostsColumns(nameOf), [nameOf])
  return (
    <>
      <RestoreFilterBar filters={filters} actors={actors} onChange={onChange}>
        <SavedViewsMenu filters={filters} onChoose={onChange} />
      </RestoreFilterBar>
      <RestoreTotals totals={totals.data} plotted={plotted} onPlot={setPlotted} {...strip.shown} />
      {plotted && (
        <Suspense fallback={<LoadingRows label={t`Loading the plots`} rows={4} columns="1fr 1fr 1fr" />}>
          <Plots filters={filters} days={strip.shown.days ?? []} news={news} nameOf={nameOf} />
        </Suspense>
      )}
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

interface PlotsProps {
  readonly filters: RestoreFilters
  readonly days: Parameters<typeof RestorePlots>[0]['days']
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
    >{t`Every restore stands here from the moment it is asked for, whichever console asked for it: who, from which snapshot, where to, with what result, and whether it was read back.`}</EmptyState>
  )
}

function NoneFits({ onClear }: { readonly onClear: () => void }): ReactElement {
  return (
    <EmptyState
      title={t`Nothing fits the filters`}
      action={<Button variant="default" onClick={onClear}>{t`Clear the filters`}</Button>}
    >
      {t`The strip shows the last ${STRIP_DAYS} days; a column of it narrows the list to its day.`}
    </EmptyState>
  )
}
