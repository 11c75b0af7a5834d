import { t } from '@lingui/core/macro'
import type {
  HostDuration,
  OutcomeCounts,
  PastOutcome,
  PastRestoreDay,
} from '../../../../contract/shapes/past-restore.ts'
import { formatDay } from '../../../components/format.ts'

/** Which outcomes a plot tells apart, from below, and in which colours. */
export const PLOTTED: readonly { readonly outcome: PastOutcome; readonly color: string; readonly label: string }[] = [
  { outcome: 'succeeded', color: 'var(--accent)', label: t`succeeded` },
  { outcome: 'under-way', color: 'var(--state-running)', label: t`under way` },
  { outcome: 'cancelled', color: 'var(--state-cancelled)', label: t`cancelled` },
  { outcome: 'refused', color: 'var(--mantine-color-gray-5)', label: t`refused` },
  { outcome: 'interrupted', color: 'var(--state-interrupted)', label: t`interrupted` },
  { outcome: 'partial', color: 'var(--state-partial)', label: t`partial` },
  { outcome: 'failed', color: 'var(--state-failed)', label: t`failed` },
]

/** Hosts that one plot has room for. */
const MOST_HOSTS = 12

const DAYS_OF_WEEK = 7

/** What ended how in a week, which is called by its first day. */
export type WeekOutcomes = { readonly week: string } & OutcomeCounts

/** The days in sevens, so that the last ends today; the first may be of fewer days. */
export function outcomesByWeek(days: readonly PastRestoreDay[]): WeekOutcomes[] {
  return weeksOf(days).map(({ week, days }) => {
    const counts = PLOTTED.map(({ outcome }) => [outcome, sumOf(days, ({ outcomes }) => outcomes[outcome])])
    return { week, ...(Object.fromEntries(counts) as OutcomeCounts) }
  })
}

export function bytesByWeek(days: readonly PastRestoreDay[]): { week: string; bytes: number }[] {
  return weeksOf(days).map(({ week, days }) => ({ week, bytes: sumOf(days, ({ bytes }) => bytes) }))
}

interface Week {
  readonly week: string
  readonly days: readonly PastRestoreDay[]
}

function weeksOf(days: readonly PastRestoreDay[]): readonly Week[] {
  const weeks = Map.groupBy(days.keys(), (at) => Math.floor((days.length - 1 - at) / DAYS_OF_WEEK))
  return [...weeks.values()].map((places) => {
    const own = places.flatMap((at) => days[at] ?? [])
    return { week: formatDay(new Date(own[0]?.from ?? 0)), days: own }
  })
}

function sumOf(days: readonly PastRestoreDay[], of: (day: PastRestoreDay) => number): number {
  return days.reduce((sum, day) => sum + of(day), 0)
}

/** The slowest hosts first. */
export function durationsByHost(
  durations: readonly HostDuration[],
  nameOf: (hostId: string) => string,
): { host: string; seconds: number }[] {
  return durations
    .toSorted((one, other) => other.seconds - one.seconds)
    .slice(0, MOST_HOSTS)
    .map(({ hostId, seconds }) => ({ host: nameOf(hostId), seconds: Math.round(seconds) }))
}
