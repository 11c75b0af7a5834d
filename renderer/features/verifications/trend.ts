import { t } from '@lingui/core/macro'
import type { Verification } from '../../../contract/shapes/verification.ts'
import { formatBrief } from '../../components/format.ts'
import { restoredBytes } from './verification-words.ts'

export interface Trend {
  /** One for each restore, old to new; a machine's value stands under its series. */
  readonly points: readonly { readonly at: string; readonly [series: string]: string | number }[]
  /** The names of the machines, those with most restores first. */
  readonly series: readonly string[]
  /** Machines for which a plot has no room. */
  readonly left: number
}

/** Lines that are told apart in one plot. */
const MOST_SERIES = 4
const FEWEST_POINTS = 2

/** How long healthy restores took, in seconds; null where too few are known to make a line. */
export function durations(verifications: readonly Verification[]): Trend | null {
  return trendOf(verifications, ({ seconds }) => seconds)
}

/** How much was restored: of the databases where the consumer says, else what it read; null as `durations`. */
export function sizes(verifications: readonly Verification[]): Trend | null {
  return trendOf(verifications, ({ health, receivedBytes }) => restoredBytes(health) ?? receivedBytes)
}

function trendOf(verifications: readonly Verification[], valueOf: (one: Verification) => number | null): Trend | null {
  const now = new Date()
  const known = verifications
    .filter(({ status }) => status === 'healthy')
    .flatMap((one) => {
      const value = valueOf(one)
      return value === null ? [] : [{ at: one.at, machine: one.machineName ?? t`one machine`, value }]
    })
    .toSorted((a, b) => a.at.localeCompare(b.at))
  if (known.length < FEWEST_POINTS) return null
  const counts = new Map<string, number>()
  for (const { machine } of known) counts.set(machine, (counts.get(machine) ?? 0) + 1)
  const all = [...counts].toSorted((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([machine]) => machine)
  const series = all.slice(0, MOST_SERIES)
  return {
    points: known
      .filter(({ machine }) => series.includes(machine))
      .map(({ at, machine, value }) => ({ at: formatBrief(new Date(at), now), [machine]: value })),
    series,
    left: all.length - series.length,
  }
}
