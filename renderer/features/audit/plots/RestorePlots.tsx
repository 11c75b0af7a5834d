import { t } from '@lingui/core/macro'
import '@mantine/charts/styles.css'
import { BarChart } from '@mantine/charts'
import { Group, Space, Text, Title, VisuallyHidden } from '@mantine/core'
import { memo, type ReactElement, type ReactNode } from 'react'
import type { HostDuration, PastOutcome, PastRestoreDay } from '../../../../contract/shapes/past-restore.ts'
import { formatBytes, formatCount, formatSpan } from '../../../components/format.ts'
import { useInTurn } from '../../../components/use-in-turn.ts'
import classes from '../Audit.module.css'
import { fillOf, OutcomePatterns, OutcomeSwatch } from './patterns.tsx'
import { bytesByWeek, durationsByHost, outcomesByWeek, PLOTTED } from './plot-data.ts'

export interface RestorePlotsProps {
  readonly days: readonly PastRestoreDay[]
  readonly durations: readonly HostDuration[]
  nameOf(hostId: string): string
}

const HEIGHT = 170
/** The plots stand still: they change while one looks, and nothing is said by the way they move. */
const STILL = { isAnimationActive: false } as const
/** Those who do not see them have the tables: nothing in a plot takes the keyboard. */
const FOR_THE_EYE = { accessibilityLayer: false } as const

/** How many restores ended how, how much they wrote, and how long they usually take, as plots and as tables. */
export function RestorePlots({ days, durations, nameOf }: RestorePlotsProps): ReactElement {
  const slow = durationsByHost(durations, nameOf)
  const drawn = useInTurn(3)
  return (
    <div className={classes['plots']}>
      <Plot title={t`Restores per week, by result`} table={<OutcomeTable days={days} />}>
        {drawn > 0 ? <OutcomePlot days={days} /> : <Space h={HEIGHT} />}
      </Plot>
      <Plot title={t`Bytes per week`} table={<BytesTable days={days} />}>
        {drawn > 1 ? <BytesPlot days={days} /> : <Space h={HEIGHT} />}
      </Plot>
      <Plot title={t`Usual duration per host`} table={<DurationTable durations={durations} nameOf={nameOf} />}>
        {slow.length === 0 ? (
          <Text size="sm" c="dimmed">{t`No restore has succeeded yet.`}</Text>
        ) : drawn > 2 ? (
          <DurationPlot durations={durations} nameOf={nameOf} />
        ) : (
          <Space h={HEIGHT} />
        )}
      </Plot>
    </div>
  )
}

// A plot takes longer to draw than all that is around it: the same figures are not drawn again.

const OutcomePlot = memo(function OutcomePlot({ days }: OfDays): ReactElement {
  const shown = PLOTTED.filter(({ outcome }) => days.some(({ outcomes }) => outcomes[outcome] > 0))
  return (
    <>
      <OutcomePatterns />
      <Legend shown={shown} />
      <BarChart
        h={HEIGHT - 22}
        data={outcomesByWeek(days)}
        dataKey="week"
        type="stacked"
        series={shown.map(({ outcome, color, label }) => ({ name: outcome, color, label }))}
        barProps={({ name }) => ({ ...STILL, fill: fillOf(name as PastOutcome) })}
        barChartProps={FOR_THE_EYE}
        valueFormatter={formatCount}
        yAxisProps={{ allowDecimals: false, width: 34 }}
        xAxisProps={{ minTickGap: 24 }}
      />
    </>
  )
})

const BytesPlot = memo(function BytesPlot({ days }: OfDays): ReactElement {
  return (
    <BarChart
      h={HEIGHT}
      data={bytesByWeek(days)}
      dataKey="week"
      series={[{ name: 'bytes', color: 'var(--accent)', label: t`Bytes` }]}
      barProps={STILL}
      barChartProps={FOR_THE_EYE}
      valueFormatter={formatBytes}
      yAxisProps={{ width: 62 }}
      xAxisProps={{ minTickGap: 24 }}
    />
  )
})

const DurationPlot = memo(function DurationPlot({ durations, nameOf }: OfHosts): ReactElement {
  const slow = durationsByHost(durations, nameOf)
  return (
    <BarChart
      h={Math.max(HEIGHT, slow.length * 20)}
      data={slow}
      dataKey="host"
      orientation="vertical"
      series={[{ name: 'seconds', color: 'var(--accent)', label: t`Half took no longer than` }]}
      barProps={STILL}
      barChartProps={FOR_THE_EYE}
      valueFormatter={formatSpan}
      yAxisProps={{ width: 96 }}
    />
  )
})

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
