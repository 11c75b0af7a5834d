import { t } from '@lingui/core/macro'
import { Progress } from '@mantine/core'
import type { ReactElement } from 'react'

export interface ProgressBarProps {
  /** What makes progress, for those who cannot see the bar. */
  readonly label: string
  /** Parts of the whole, 0 to 1 in sum; null while the whole is not known. */
  readonly done: number | null
  readonly failed?: number
  /** `thin` is for table rows. */
  readonly size?: 'thin' | 'normal'
}

/** Done and failed parts of a whole. Without a known whole it moves but claims nothing. */
export function ProgressBar({ label, done, failed = 0, size = 'normal' }: ProgressBarProps): ReactElement {
  const unknown = done === null
  const percent = (part: number): number => Math.round(Math.min(1, Math.max(0, part)) * 1000) / 10
  return (
    <Progress.Root size={size === 'thin' ? 4 : 8} radius="xl">
      <Progress.Section
        value={unknown ? 100 : percent(done)}
        color="var(--state-running)"
        striped={unknown}
        animated={unknown}
        aria-label={label}
        {...(unknown ? { 'aria-valuetext': t`total not known yet` } : {})}
      />
      {failed > 0 && (
        <Progress.Section value={percent(failed)} color="var(--state-failed)" aria-label={t`${label}, failed`} />
      )}
    </Progress.Root>
  )
}
