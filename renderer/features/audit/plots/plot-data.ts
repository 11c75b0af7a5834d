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

export function outcomesByDay(days: readonly PastRestoreDay[]): ({ day: string } & OutcomeCounts)[] {
  return days.map(({ from, outcomes }) => ({ day: nameOfDay(from), ...outcomes }))
}

export function bytesByDay(days: readonly PastRestoreDay[]): { day: string; bytes: number }[] {
  return days.map(({ from, bytes }) => ({ day: nameOfDay(from), bytes }))
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

function nameOfDay(from: string): string {
  return formatDay(new Date(from))
}
