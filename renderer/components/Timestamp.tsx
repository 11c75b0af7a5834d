import { t } from '@lingui/core/macro'
import type { ReactElement } from 'react'
import { formatExact, formatMoment, formatRelative, formatZoned } from './format.ts'
import { useNow } from './use-now.ts'

interface TimeProps {
  /** RFC 3339. */
  readonly time: string
}

/** How long ago, the exact time on hover. */
export function RelativeTime({ time }: TimeProps): ReactElement {
  const now = useNow()
  const date = new Date(time)
  return (
    <time dateTime={time} title={formatZoned(date)}>
      {formatRelative(date, now)}
    </time>
  )
}

/** The local day and minute, the second and the time as it was recorded on hover. */
export function Timestamp({ time, exact = false }: TimeProps & { readonly exact?: boolean }): ReactElement {
  const date = new Date(time)
  const here = formatZoned(date)
  return (
    <time dateTime={time} title={t`${here} (recorded as ${time})`}>
      {exact ? formatExact(date) : formatMoment(date)}
    </time>
  )
}
