import { t } from '@lingui/core/macro'
import { Group, Text, Title, VisuallyHidden } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Verification } from '../../../contract/shapes/verification.ts'
import { formatBytes, formatSpan } from '../../components/format.ts'
import { type Line, LinePlot, LineSwatch } from '../../components/plots/LinePlot.tsx'
import type { Amount } from '../../components/plots/plot-scale.ts'
import { durations, sizes, type Trend } from './trend.ts'
import classes from './Verifications.module.css'

const COLORS = ['var(--accent)', 'var(--state-running)', 'var(--state-interrupted)', 'var(--state-partial)'] as const
const HEIGHT = 130

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
        <Plot title={t`Time to restore`} trend={time} amount="seconds" format={formatSpan} tick={briefSpan} />
      )}
      {size !== null && (
        <Plot title={t`Restored`} trend={size} amount="bytes" format={formatBytes} tick={formatBytes} />
      )}
    </div>
  )
}

interface PlotProps {
  readonly title: string
  readonly trend: Trend
  readonly amount: Amount
  format(value: number): string
  tick(value: number): string
}

function Plot({ title, trend, format, ...axis }: PlotProps): ReactElement {
  const lines = trend.series.map((name, at) => ({
    name,
    color: COLORS[at] ?? 'var(--accent)',
    values: trend.points.map((point) => (typeof point[name] === 'number' ? point[name] : null)),
  }))
  return (
    <section className={classes['plot']} aria-label={title}>
      <Group gap="xs" justify="space-between">
        <Title order={4} fz="sm">
          {title}
        </Title>
        {lines.length > 1 && <Legend lines={lines} left={trend.left} />}
      </Group>
      <div aria-hidden="true">
        <LinePlot names={trend.points.map(({ at }) => at)} lines={lines} height={HEIGHT} format={format} {...axis} />
      </div>
      <VisuallyHidden>
        <PlotTable title={title} trend={trend} format={format} />
      </VisuallyHidden>
    </section>
  )
}

interface LegendProps {
  readonly lines: readonly Line[]
  readonly left: number
}

function Legend({ lines, left }: LegendProps): ReactElement {
  return (
    <Group gap="2px 10px">
      {lines.map(({ name, color }, at) => (
        <Group key={name} gap={5}>
          <LineSwatch at={at} color={color} />
          <Text size="xs">{name}</Text>
        </Group>
      ))}
      {left > 0 && <Text size="xs" c="dimmed">{t`and ${left} more, not drawn`}</Text>}
    </Group>
  )
}

function PlotTable({ title, trend, format }: Pick<PlotProps, 'title' | 'trend' | 'format'>): ReactElement {
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
