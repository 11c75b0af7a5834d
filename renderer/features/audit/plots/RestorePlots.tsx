import { t } from '@lingui/core/macro'
import { Group, Text, Title, VisuallyHidden } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import type { HostDuration, PastRestoreDay } from '../../../../contract/shapes/past-restore.ts'
import { formatBytes, formatCount, formatSpan } from '../../../components/format.ts'
import { InTurn } from '../../../components/InTurn.tsx'
import { BarPlot } from '../../../components/plots/BarPlot.tsx'
import { RowBars } from '../../../components/plots/RowBars.tsx'
import classes from '../Audit.module.css'
import { fillOf, OutcomePatterns, OutcomeSwatch } from './patterns.tsx'
import { bytesByWeek, durationsByHost, outcomesByWeek, PLOTTED } from './plot-data.ts'

export interface RestorePlotsProps {
  readonly days: readonly PastRestoreDay[]
  readonly durations: readonly HostDuration[]
  nameOf(hostId: string): string
}

const HEIGHT = 170
const LEGEND_HEIGHT = 22

/** How many restores ended how, how much they wrote, and how long they usually take, as plots and as tables. */
export function RestorePlots({ days, durations, nameOf }: RestorePlotsProps): ReactElement {
  const slow = durationsByHost(durations, nameOf)
  return (
    <div className={classes['plots']}>
      <InTurn>
        <Plot title={t`Restores per week, by result`} table={<OutcomeTable days={days} />}>
          <OutcomePlot days={days} />
        </Plot>
        <Plot title={t`Bytes per week`} table={<BytesTable days={days} />}>
          <BytesPlot days={days} />
        </Plot>
        <Plot title={t`Usual duration per host`} table={<DurationTable durations={durations} nameOf={nameOf} />}>
          {slow.length === 0 ? (
            <Text size="sm" c="dimmed">{t`No restore has succeeded yet.`}</Text>
          ) : (
            <>
              <RowBars bars={slow.map(({ host, seconds }) => ({ name: host, value: seconds }))} format={formatSpan} />
              <Text size="xs" c="dimmed" mt={6}>{t`Half of a host’s restores took no longer.`}</Text>
            </>
          )}
        </Plot>
      </InTurn>
    </div>
  )
}

function OutcomePlot({ days }: OfDays): ReactElement {
  const shown = PLOTTED.filter(({ outcome }) => days.some(({ outcomes }) => outcomes[outcome] > 0))
  const bars = outcomesByWeek(days).map(({ week, ...counts }) => ({
    name: week,
    parts: shown.map(({ outcome, label }) => ({
      key: outcome,
      label,
      value: counts[outcome],
      fill: fillOf(outcome),
    })),
  }))
  return (
    <>
      <OutcomePatterns />
      <Legend shown={shown} />
      <BarPlot bars={bars} height={HEIGHT - LEGEND_HEIGHT} amount="count" format={formatCount} />
    </>
  )
}

function BytesPlot({ days }: OfDays): ReactElement {
  const bars = bytesByWeek(days).map(({ week, bytes }) => ({
    name: week,
    parts: [{ key: 'bytes', label: t`Bytes`, value: bytes, fill: 'var(--accent)' }],
  }))
  return <BarPlot bars={bars} height={HEIGHT} amount="bytes" format={formatBytes} />
}

/** Only what there was: the fewer kinds, the easier they are told apart. */
function Legend({ shown }: { readonly shown: typeof PLOTTED }): ReactElement {
  return (
    <Group gap="2px 12px" mb={4}>
      {shown.map(({ outcome, label }) => (
        <Group key={outcome} gap={5}>
          <OutcomeSwatch outcome={outcome} />
          <Text size="xs">{label}</Text>
        </Group>
      ))}
    </Group>
  )
}

interface PlotProps {
  readonly title: string
  /** The same figures for those who cannot see the plot. */
  readonly table: ReactNode
  readonly children: ReactNode
}

function Plot({ title, table, children }: PlotProps): ReactElement {
  return (
    <section className={classes['plot']} aria-label={title}>
      <Title order={2} mb={6}>
        {title}
      </Title>
      <div aria-hidden="true">{children}</div>
      <VisuallyHidden>{table}</VisuallyHidden>
    </section>
  )
}

type OfDays = Pick<RestorePlotsProps, 'days'>
type OfHosts = Pick<RestorePlotsProps, 'durations' | 'nameOf'>

function OutcomeTable({ days }: OfDays): ReactElement {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t`Week from`}</th>
          {PLOTTED.map(({ outcome, label }) => (
            <th key={outcome} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {outcomesByWeek(days).map(({ week, ...counts }) => (
          <tr key={week}>
            <th scope="row">{week}</th>
            {PLOTTED.map(({ outcome }) => (
              <td key={outcome}>{counts[outcome]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function BytesTable({ days }: OfDays): ReactElement {
  return (
    <table>
      <tbody>
        {bytesByWeek(days).map(({ week, bytes }) => (
          <tr key={week}>
            <th scope="row">{week}</th>
            <td>{formatBytes(bytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function DurationTable({ durations, nameOf }: OfHosts): ReactElement {
  return (
    <table>
      <tbody>
        {durations.map(({ hostId, seconds, restores }) => (
          <tr key={hostId}>
            <th scope="row">{nameOf(hostId)}</th>
            <td>{t`${{ time: formatSpan(seconds) }}, of ${{ count: formatCount(restores) }}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
