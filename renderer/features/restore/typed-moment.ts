import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { fromGerman } from './german-moments.ts'

interface Day {
  readonly year: number
  /** 0 to 11. */
  readonly month: number
  readonly day: number
}

/** The last moment of the minute, or second, that was typed: a snapshot of 02:00:07 is one of 02:00. */
interface Time {
  readonly hour: number
  readonly minute: number
  readonly second: number | null
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const SPANS: Readonly<Record<string, number>> = { minute: MINUTE, min: MINUTE, hour: HOUR, h: HOUR }
const DAYS: Readonly<Record<string, number>> = { day: 1, d: 1, week: 7, w: 7 }

/**
 * The moment that is meant by what was typed, in this computer's time: `now`, `yesterday`, `yesterday 14:00`, `3 days ago`,
 * `2 hours ago`, `monday`, `last monday 9:15`, `2026-09-20`, `2026-09-20 14:30`, `20 Sep 2026, 14:30`, `14:30`. A day without
 * a time is its end; a time without a day is the last time that it was so late. German words are read too. Null where it says no moment.
 */
export function readMoment(text: string, now: Date): Date | null {
  const said = fromGerman(text.trim().toLowerCase().replace(/,/g, ' ').replace(/\s+/g, ' '))
  if (said === 'now' || said === 'latest' || said === 'newest') return now
  const span = readSpan(said, now)
  if (span !== null) return span
  const parts = /^(.*?)(?:(?:^| |t)(\d{1,2}:\d{2}(?::\d{2})?))?$/.exec(said)
  const dayText = (parts?.[1] ?? '').trim()
  const time = readTime(parts?.[2])
  if (time === undefined) return null
  if (dayText === '') return time === null ? null : lastTime(time, now)
  const day = readDay(dayText, now)
  return day === null ? null : momentOf(day, time)
}

/** The newest snapshot at or before a moment; null where all are younger. */
export function snapshotAt(snapshots: readonly Snapshot[], moment: Date): Snapshot | null {
  let found: Snapshot | null = null
  let foundAt = Number.NEGATIVE_INFINITY
  for (const snapshot of snapshots) {
    const at = Date.parse(snapshot.time)
    if (at <= moment.getTime() && at > foundAt) {
      found = snapshot
      foundAt = at
    }
  }
  return found
}

/** `2 hours ago`: a span that ends now, to the minute. Days are read elsewhere, for they may have a time. */
function readSpan(said: string, now: Date): Date | null {
  const parts = /^(\d{1,4}|an?) ?(minute|min|hour|h)s? ago$/.exec(said)
  const unit = SPANS[parts?.[2] ?? '']
  return unit === undefined ? null : new Date(now.getTime() - numberOf(parts?.[1]) * unit)
}

function numberOf(text: string | undefined): number {
  return text === 'a' || text === 'an' ? 1 : Number(text)
}

/** Undefined where it is no time of a day, null where none was typed. */
function readTime(text: string | undefined): Time | null | undefined {
  if (text === undefined) return null
  const [hour = 0, minute = 0, second] = text.split(':').map(Number)
  if (hour > 23 || minute > 59 || (second ?? 0) > 59) return undefined
  return { hour, minute, second: second ?? null }
}

function readDay(said: string, now: Date): Day | null {
  if (said === 'today') return dayBefore(now, 0)
  if (said === 'yesterday') return dayBefore(now, 1)
  return readDaysAgo(said, now) ?? readWeekday(said, now) ?? readNumericDate(said) ?? readNamedDate(said, now)
}

function readDaysAgo(said: string, now: Date): Day | null {
  const parts = /^(\d{1,4}|an?) ?(day|d|week|w|month|year)s? ago$/.exec(said)
  if (parts === null) return null
  const count = numberOf(parts[1])
  const days = DAYS[parts[2] ?? '']
  if (days !== undefined) return dayBefore(now, count * days)
  const months = parts[2] === 'year' ? count * 12 : count
  // A month has not every day: the last that it has stands for one that it has not.
  const first = new Date(now.getFullYear(), now.getMonth() - months, 1)
  const last = new Date(first.getFullYear(), first.getMonth() + 1, 0).getDate()
  return { year: first.getFullYear(), month: first.getMonth(), day: Math.min(now.getDate(), last) }
}

/** The last such day: today may be it, but for `last monday`. */
function readWeekday(said: string, now: Date): Day | null {
  const parts = /^(last |on )?([a-z]{3,9})$/.exec(said)
  const name = parts?.[2] ?? ''
  const weekday = WEEKDAYS.findIndex((known) => known === name || known.slice(0, 3) === name)
  if (weekday < 0) return null
  const back = (now.getDay() - weekday + 7) % 7
  return dayBefore(now, back === 0 && parts?.[1] === 'last ' ? 7 : back)
}

function readNumericDate(said: string): Day | null {
  const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(said)
  return parts === null ? null : realDay(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]))
}

/** As the console itself writes days; without a year the last such day. */
function readNamedDate(said: string, now: Date): Day | null {
  const parts = /^(\d{1,2})\.? ([a-z]{3})[a-z]*\.?(?: (\d{4}))?$/.exec(said)
  const month = MONTHS.indexOf(parts?.[2] ?? '')
  if (parts === null || month < 0) return null
  const day = Number(parts[1])
  if (parts[3] !== undefined) return realDay(Number(parts[3]), month, day)
  const thisYear = realDay(now.getFullYear(), month, day)
  const isAhead = thisYear !== null && new Date(thisYear.year, thisYear.month, thisYear.day) > now
  return isAhead ? realDay(now.getFullYear() - 1, month, day) : thisYear
}

/** Null for a day that no month has, such as 30 February. */
function realDay(year: number, month: number, day: number): Day | null {
  const date = new Date(year, month, day)
  return date.getMonth() === month && date.getDate() === day ? { year, month, day } : null
}

function dayBefore(now: Date, days: number): Day {
  const date = new Date(now.getFullYear(), now.getMonth(), now.getDate() - days)
  return { year: date.getFullYear(), month: date.getMonth(), day: date.getDate() }
}

function momentOf({ year, month, day }: Day, time: Time | null): Date {
  if (time === null) return new Date(year, month, day, 23, 59, 59, 999)
  return new Date(year, month, day, time.hour, time.minute, time.second ?? 59, 999)
}

/** Today at that time, or yesterday where it is not so late yet. */
function lastTime(time: Time, now: Date): Date {
  const begins = new Date(now.getFullYear(), now.getMonth(), now.getDate(), time.hour, time.minute, time.second ?? 0)
  return momentOf(dayBefore(now, begins > now ? 1 : 0), time)
}
