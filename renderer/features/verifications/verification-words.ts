import { t } from '@lingui/core/macro'
import type { Verification } from '../../../contract/shapes/verification.ts'
import { formatExact } from '../../components/format.ts'
import type { StateName } from '../../components/StateBadge.tsx'

/** What came of one restore: a colour and a word. */
export const STATUSES: Readonly<Record<Verification['status'], { readonly state: StateName; readonly word: string }>> =
  {
    healthy: { state: 'succeeded', word: t`healthy` },
    failed: { state: 'failed', word: t`failed` },
    'in-progress': { state: 'running', word: t`in progress` },
    unknown: { state: 'unknown', word: t`unknown` },
  }

/** Two clocks that differ by more than this are both shown, seconds. */
const SAME_CLOCK = 60

export interface Heard {
  /** The consumer's clock, and the plane's. */
  readonly observedAt: string | null
  readonly reportedAt: string | null
}

/** When it was seen and when it was heard of, where that is more than a minute apart; null where one time says both. */
export function clockWords({ observedAt, reportedAt }: Heard): string | null {
  if (observedAt === null || reportedAt === null) return null
  const [observed, reported] = [new Date(observedAt), new Date(reportedAt)]
  if (Math.abs(reported.getTime() - observed.getTime()) <= SAME_CLOCK * 1000) return null
  const [seen, heard] = [formatExact(observed), formatExact(reported)]
  return t`Seen ${seen} by the consumer’s clock, heard ${heard} by the plane’s.`
}

/** The first line of what was said, for a line of a table. */
export function firstLine(text: string): string {
  return (
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? ''
  )
}

/** What is known of a status, in a sentence; null where its other columns say it. */
export function statusSentence({ status, error }: Pick<Verification, 'status' | 'error'>): string | null {
  if (status === 'unknown') return t`Credentials were given out and have expired; nothing was reported.`
  if (status === 'in-progress') return t`Credentials were given out and are still valid; nothing has been reported yet.`
  if (status === 'failed') return error === null ? t`It was restored, and the replica was not healthy.` : null
  return null
}

/** The address of the running replica, where the health data names one that can be opened or copied. */
export function replicaUrl(health: unknown): string | null {
  const url = field(health, 'url')
  return typeof url === 'string' && /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : null
}

/** Bytes of all databases that the health data names; null where it names none. */
export function restoredBytes(health: unknown): number | null {
  const sizes = field(health, 'sizes')
  if (typeof sizes !== 'object' || sizes === null) return null
  const known = Object.values(sizes).filter((size) => typeof size === 'number')
  return known.length === 0 ? null : known.reduce((sum, size) => sum + size, 0)
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}
