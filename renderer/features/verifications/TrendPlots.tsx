import { t } from '@lingui/core/macro'
import '@mantine/charts/styles.css'
import { LineChart } from '@mantine/charts'
import { ColorSwatch, Group, Text, Title, VisuallyHidden } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Verification } from '../../../contract/shapes/verification.ts'
import { formatBytes, formatSpan } from '../../components/format.ts'
import { durations, sizes, type Trend } from './trend.ts'
import classes from './Verifications.module.css'

const COLORS = ['var(--accent)', 'var(--state-running)', 'var(--state-interrupted)', 'var(--state-partial)'] as const
const HEIGHT = 130
/** It stands still, and those who do not see it have the table: nothing in a plot takes the keyboard. */
const STILL = { isAnimationActive: false } as const
const FOR_THE_EYE = { accessibilityLayer: false } as const

/** How long restores take and how much they bring back, over time. */
export function TrendPlots({
  verifications,
}: {
  readonly verifications: readonly Verification[]
}): ReactElement | null {
  const [time, size] = [durations(verifications), sizes(verifications)]
  if (time === null && size === null) return null
  return (
    <div className={classes['plots']}>
      {time !== null && (
        <Plot title={t`Time to restore`} trend={time} format={formatSpan} tick={briefSpan} width={62} />
      )}
      {size !== null && <Plot title={t`Restored`} trend={size} format={formatBytes} tick={formatBytes} width={62} />}
    </div>
  )
}

interface PlotProps {
  readonly title: string
  readonly trend: Trend
  readonly width: number
  format(value: number): string
  tick(value: number): string
}

function Plot({ title, trend, width, format, tick }: PlotProps): ReactElement {
  const series = trend.series.map((name, at) => ({ name, color: COLORS[at] ?? 'var(--accent)' }))
  return (
    <section className={classes['plot']} aria-label={title}>
      <Group gap="xs" justify="space-between">
        <Title order={4} fz="sm">
          {title}
        </Title>
        {series.length > 1 && <Legend series={series} left={trend.left} />}
      </Group>
      <div aria-hidden="true">
        <LineChart
          h={HEIGHT}
          data={[...trend.points]}
          dataKey="at"
          series={series}
          curveType="linear"
          connectNulls
          withDots={trend.points.length < 60}
          dotProps={{ r: 2 }}
          lineProps={STILL}
          lineChartProps={FOR_THE_EYE}
          valueFormatter={format}
          yAxisProps={{ width, tickFormatter: tick }}
          mt={6}
          xAxisProps={{ minTickGap: 40 }}
        />
      </div>
      <VisuallyHidden>
        <PlotTable title={title} trend={trend} format={format} />
      </VisuallyHidden>
    </section>
  )
}

interface LegendProps {
  readonly series: readonly { readonly name: string; readonly color: string }[]
  readonly left: number
}

function Legend({ series, left }: LegendProps): ReactElement {
  return (
    <Group gap="2px 10px">
      {series.map(({ name, color }) => (
        <Group key={name} gap={5}>
          <ColorSwatch size={8} color={color} withShadow={false} />
          <Text size="xs">{name}</Text>
        </Group>
      ))}
      {left > 0 && <Text size="xs" c="dimmed">{t`and ${left} more, not drawn`}</Text>}
    </Group>
  )
}

function PlotTable({ title, trend, format }: Omit<PlotProps, 'width' | 'tick'>): ReactElement {
  return (
    <table>
      <caption>{title}</caption>
      <tbody>
        {trend.points.map((point, at) =>
          trend.series.map((name) =>
            typeof point[name] === 'number' ? (
              <tr key={`${at} ${name}`}>
                <th scope="row">{`${point.at}, ${name}`}</th>
                <td>{format(point[name])}</td>
              </tr>
            ) : null,
          ),
        )}
      </tbody>
    </table>
  )
}

function briefSpan(seconds: number): string {
  return seconds === 0 ? '0' : formatSpan(seconds).replace(/ \d+ s$/, '')
}
