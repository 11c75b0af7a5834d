import { i18n } from '@lingui/core'
/** A local day: from its first moment until the first of the next one. */
export interface Day {
  readonly from: Date
  readonly until: Date
}

export interface Query {
  /** In lower case, without those that name a day. */
  readonly words: readonly string[]
  /** The day that is asked for; null where none is. */
  readonly day: Day | null
}

/** English, and as the window speaks. */
const SPOKEN = ['en', ...[i18n.locales].flat().filter((locale) => locale !== undefined)]
const inUTC = { timeZone: 'UTC' } as const
/** The first of November 2026 is a Sunday. */
const WEEKDAYS = namesOf(7, { weekday: 'long', ...inUTC }, (day) => Date.UTC(2026, 10, 1 + day))
/** A month is known by its first letters. */
const LETTERS = 3
const MONTHS = namesOf(12, { month: 'long', ...inUTC }, (month) => Date.UTC(2026, month, 1), LETTERS)
const DAYS_BACK = new Map(
  SPOKEN.flatMap((locale) => {
    const days = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
    return [0, 1].map((back) => [days.format(-back, 'day').toLowerCase(), back] as const)
  }),
)

function namesOf(
  count: number,
  form: Intl.DateTimeFormatOptions,
  timeOf: (which: number) => number,
  letters?: number,
): ReadonlyMap<string, number> {
  const numbers = Array.from({ length: count }, (_, which) => which)
  return new Map(
    SPOKEN.flatMap((locale) => {
      const written = new Intl.DateTimeFormat(locale, form)
      return numbers.map((which) => [written.format(timeOf(which)).toLowerCase().slice(0, letters), which] as const)
    }),
  )
}

/**
 * What is typed into the palette: words, and at most one day: `today`, `yesterday`, a weekday (the last one before
 * today), `2026-11-20`, `20 nov` (the last one that there was), in English or in the window's language. Whatever else looks like a day is a word.
 */
export function readQuery(text: string, now: Date): Query {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  for (const [at, word] of words.entries()) {
    const next = words[at + 1]
    const pair = next === undefined ? null : dayAndMonth(word, next, now)
    if (pair !== null) return { words: words.toSpliced(at, 2), day: pair }
    const day = oneWord(word, now)
    if (day !== null) return { words: words.toSpliced(at, 1), day }
  }
  return { words, day: null }
}

function oneWord(word: string, now: Date): Day | null {
  const back = DAYS_BACK.get(word)
  if (back !== undefined) return daysBefore(now, back)
  const weekday = WEEKDAYS.get(word)
  if (weekday !== undefined) return daysBefore(now, (now.getDay() - weekday + 7) % 7 || 7)
  const written = /^(\d{4})-(\d{2})-(\d{2})$/.exec(word)
  if (written === null) return null
  return realDay(Number(written[1]), Number(written[2]) - 1, Number(written[3]))
}

function dayAndMonth(first: string, second: string, now: Date): Day | null {
  const [number, name] = /^\d/.test(first) ? [first, second] : [second, first]
  const month = MONTHS.get(name.slice(0, LETTERS))
  if (!/^\d{1,2}\.?$/.test(number) || month === undefined) return null
  const year = now.getFullYear()
  const day = realDay(year, month, Number.parseInt(number, 10))
  return day !== null && day.from > now ? realDay(year - 1, month, Number.parseInt(number, 10)) : day
}

function daysBefore(now: Date, days: number): Day {
  const from = new Date(now.getFullYear(), now.getMonth(), now.getDate() - days)
  return { from, until: new Date(from.getFullYear(), from.getMonth(), from.getDate() + 1) }
}

/** Null for a day that there is not, as the 31st of November. */
function realDay(year: number, month: number, date: number): Day | null {
  const from = new Date(year, month, date)
  if (from.getMonth() !== month || from.getDate() !== date) return null
  return { from, until: new Date(year, month, date + 1) }
}
