const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const
const counts = new Intl.NumberFormat('en', { useGrouping: true })

/** Bytes in IEC units with three digits: `0 B`, `999 B`, `9.77 KiB`, `38.1 MiB`, `414 GiB`. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (unit < UNITS.length - 1 && value >= 999.5) {
    value /= 1024
    unit += 1
  }
  if (unit === 0) return `${Math.round(value)} B`
  const digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0
  return `${value.toFixed(digits)} ${UNITS[unit] ?? ''}`
}

/** A count with narrow spaces between thousands: `2 841 097`. */
export function formatCount(count: number): string {
  return counts.format(count).replaceAll(',', '\u202f')
}

/** `1 file`, `214 files`. */
export function formatNumberOf(count: number, noun: string, nouns = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : nouns}`
}

/** A time span: `0 s`, `42 s`, `4 min 12 s`, `1 h 03 min`, `2 d 4 h`. Seconds in. */
export function formatSpan(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`
  const minutes = Math.round(whole / 60)
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`
  const hours = Math.round(whole / 3600)
  return `${Math.floor(hours / 24)} d ${hours % 24} h`
}

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Up to which size, in seconds, a unit is used, and how many seconds it is. */
const STEPS = [
  { below: 59.5 * MINUTE, unit: MINUTE, name: 'min' },
  { below: DAY, unit: HOUR, name: 'h' },
  { below: 60 * DAY, unit: DAY, name: 'd' },
  { below: 730 * DAY, unit: 30.44 * DAY, name: 'mo' },
  { below: Number.POSITIVE_INFINITY, unit: 365.25 * DAY, name: 'y' },
] as const

/** How long ago, or ahead, in one unit: `just now`, `38 min ago`, `2 h ago`, `3 d ago`, `5 mo ago`, `in 4 min`. */
export function formatRelative(time: Date, now: Date): string {
  const seconds = (now.getTime() - time.getTime()) / 1000
  const size = Math.abs(seconds)
  const step = STEPS.find(({ below }) => size < below)
  if (size < 45 || step === undefined) return 'just now'
  const text = `${Math.max(1, Math.round(size / step.unit))} ${step.name}`
  return seconds < 0 ? `in ${text}` : `${text} ago`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** Local date and minute, the same in every language setting: `21 Nov 2026, 02:00`. */
export function formatMoment(time: Date): string {
  return Number.isNaN(time.getTime())
    ? 'unknown time'
    : `${formatDay(time)}, ${pad(time.getHours())}:${pad(time.getMinutes())}`
}

/** Local date and second: `21 Nov 2026, 02:00:07`. */
export function formatExact(time: Date): string {
  return Number.isNaN(time.getTime()) ? 'unknown time' : `${formatMoment(time)}:${pad(time.getSeconds())}`
}

/** For a column of times: the minute within the last months, `20 Nov 11:02`, else the year, `2 Mar 2025`. */
export function formatBrief(time: Date, now: Date): string {
  if (Number.isNaN(time.getTime())) return '—'
  const days = (now.getTime() - time.getTime()) / (DAY * 1000)
  if (days < -1 || days > 300) return formatDay(time)
  return `${time.getDate()} ${MONTHS[time.getMonth()] ?? ''} ${pad(time.getHours())}:${pad(time.getMinutes())}`
}

/** `21 Nov 2026`. */
export function formatDay(time: Date): string {
  return `${time.getDate()} ${MONTHS[time.getMonth()] ?? ''} ${time.getFullYear()}`
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
