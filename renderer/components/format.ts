import { i18n } from '@lingui/core'
import { t } from '@lingui/core/macro'

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** Bytes in IEC units with three digits: `0 B`, `999 B`, `9.77 KiB`, `38.1 MiB`, `414 GiB`. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (unit < UNITS.length - 1 && value >= 999.5) {
    value /= 1024
    unit += 1
  }
  if (unit === 0) return `${formatCount(Math.round(value))} B`
  const digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0
  return `${decimalsOf(digits).format(value)} ${UNITS[unit] ?? ''}`
}

/** A count as it is written where the window is at home: `2,841,097` or `2.841.097`. */
export function formatCount(count: number): string {
  return countsHere().format(count)
}

/** Words in a row, as they are listed where the window is at home: `a`, `a and b`, `a, b and c`. */
export function formatList(words: readonly string[]): string {
  return listsHere().format(words)
}

/** A time span: `0 s`, `42 s`, `4 min 12 s`, `1 h 03 min`, `2 d 4 h`. Seconds in. */
export function formatSpan(ofSeconds: number): string {
  const whole = Math.max(0, Math.round(ofSeconds))
  if (whole < 60) return t`${whole} s`
  if (whole < 3600) {
    const [minutes, seconds] = [Math.floor(whole / 60), pad(whole % 60)]
    return t`${minutes} min ${seconds} s`
  }
  const allMinutes = Math.round(whole / 60)
  if (allMinutes < 1440) {
    const [hours, minutes] = [Math.floor(allMinutes / 60), pad(allMinutes % 60)]
    return t`${hours} h ${minutes} min`
  }
  const allHours = Math.round(whole / 3600)
  const [days, hours] = [Math.floor(allHours / 24), allHours % 24]
  return t`${days} d ${hours} h`
}

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Up to which size, in seconds, a unit is used, and how many seconds it is. */
const STEPS = [
  { below: 59.5 * MINUTE, unit: MINUTE, words: (count: number) => t`${count} min` },
  { below: DAY, unit: HOUR, words: (count: number) => t`${count} h` },
  { below: 60 * DAY, unit: DAY, words: (count: number) => t`${count} d` },
  { below: 730 * DAY, unit: 30.44 * DAY, words: (count: number) => t`${count} mo` },
  { below: Number.POSITIVE_INFINITY, unit: 365.25 * DAY, words: (count: number) => t`${count} y` },
] as const

/** How long ago, or ahead, in one unit: `just now`, `38 min ago`, `2 h ago`, `3 d ago`, `5 mo ago`, `in 4 min`. */
export function formatRelative(time: Date, now: Date): string {
  const seconds = (now.getTime() - time.getTime()) / 1000
  const size = Math.abs(seconds)
  const step = STEPS.find(({ below }) => size < below)
  if (size < 45 || step === undefined) return t`just now`
  const span = step.words(Math.max(1, Math.round(size / step.unit)))
  return seconds < 0 ? t`in ${span}` : t`${span} ago`
}

/** Local date and minute, as they are written where the window is at home: `21 Nov 2026, 02:00`. */
export function formatMoment(time: Date): string {
  return written(time, 'moment')
}

/** Local date and second: `21 Nov 2026, 02:00:07`. */
export function formatExact(time: Date): string {
  return written(time, 'exact')
}

/** The same with the zone, for when somebody asks by pointing at it: `21 Nov 2026, 02:00:07 GMT+1`. */
export function formatZoned(time: Date): string {
  return written(time, 'zoned')
}

/** For a column of times: the minute within the last months, `20 Nov 11:02`, else the year, `2 Mar 2025`. */
export function formatBrief(time: Date, now: Date): string {
  if (Number.isNaN(time.getTime())) return '—'
  const days = (now.getTime() - time.getTime()) / (DAY * 1000)
  return days < -1 || days > 300 ? formatDay(time) : `${written(time, 'monthDay')} ${written(time, 'minute')}`
}

/** `21 Nov 2026`. */
export function formatDay(time: Date): string {
  return written(time, 'day')
}

/** `21 Nov`, where the year is known. */
export function formatMonthDay(time: Date): string {
  return written(time, 'monthDay')
}

const DATE = { day: 'numeric', month: 'short', year: 'numeric' } as const
const MINUTES = { hour: '2-digit', minute: '2-digit' } as const
const FORMS = {
  day: DATE,
  monthDay: { day: 'numeric', month: 'short' },
  minute: MINUTES,
  moment: { ...DATE, ...MINUTES },
  exact: { ...DATE, ...MINUTES, second: '2-digit' },
  zoned: { ...DATE, ...MINUTES, second: '2-digit', timeZoneName: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

function written(time: Date, form: keyof typeof FORMS): string {
  return Number.isNaN(time.getTime()) ? t`unknown time` : datesIn(form).format(time)
}

const datesIn = onceFor((form: keyof typeof FORMS) => new Intl.DateTimeFormat(i18n.locales, FORMS[form]))
const countsHere = onceFor(() => new Intl.NumberFormat(i18n.locales))
const listsHere = onceFor(() => new Intl.ListFormat(i18n.locales))
const decimalsOf = onceFor(
  (digits: number) =>
    new Intl.NumberFormat(i18n.locales, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
)

/** Formats are dear to make, and the language stays as long as the window does. */
function onceFor<K, F>(make: (key: K) => F): (key?: K) => F {
  const made = new Map<K | undefined, F>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const fresh = make(key as K)
    made.set(key, fresh)
    return fresh
  }
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
