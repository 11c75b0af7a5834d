import { t } from '@lingui/core/macro'
import { Button } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import type { ReactElement, ReactNode } from 'react'
import type { PastRestoreTotals } from '../../../contract/shapes/past-restore.ts'
import { formatBytes, formatCount, formatSpan } from '../../components/format.ts'
import classes from './Audit.module.css'
import { DayStrip, type DayStripProps } from './DayStrip.tsx'

export interface RestoreTotalsProps extends DayStripProps {
  /** Undefined until they were read. */
  readonly totals: PastRestoreTotals | undefined
  readonly plotted: boolean
  onPlot(plotted: boolean): void
}

/** How much was restored of what fits, and the last days at a glance. */
export function RestoreTotals({ totals, plotted, onPlot, ...strip }: RestoreTotalsProps): ReactElement {
  const all = totals === undefined ? null : Object.values(totals.outcomes).reduce((sum, count) => sum + count, 0)
  return (
    <section className={classes['totals']} aria-label={t`In all`}>
      <dl>
        <Figure term={t`Restores`}>{all === null ? '–' : formatCount(all)}</Figure>
        <Figure term={t`In place`}>{totals === undefined ? '–' : formatCount(totals.inPlace)}</Figure>
        <Figure term={t`Bytes`}>{totals === undefined ? '–' : formatBytes(totals.bytes)}</Figure>
        <Figure term={t`Usual duration`}>
          {totals === undefined || totals.usualSeconds === null ? '–' : formatSpan(totals.usualSeconds)}
        </Figure>
        <Figure term={t`Verified`}>{totals === undefined ? '–' : shareWords(totals)}</Figure>
      </dl>
      <div className={classes['strip']}>
        <DayStrip {...strip} />
        <div className={classes['scale']} aria-hidden="true">
          <span>{t`90 days ago`}</span>
          <span>{t`today`}</span>
        </div>
      </div>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconChartBar size={15} stroke={1.75} aria-hidden="true" />}
        aria-expanded={plotted}
        onClick={() => onPlot(!plotted)}
      >{t`Plots`}</Button>
    </section>
  )
}

function Figure({ term, children }: { readonly term: string; readonly children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Of those that wrote something. */
function shareWords({ written, verified }: PastRestoreTotals): string {
  return written === 0 ? '–' : `${Math.floor((verified / written) * 100)} %`
}
