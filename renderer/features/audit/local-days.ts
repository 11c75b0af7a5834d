/** The moment at which a day began here. */
export function startOfDay(time: Date): Date {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate())
}

/** The same moment of the clock some days before: a day may have 23 or 25 hours. */
export function dayBefore(day: Date, days: number): Date {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - days)
}

export function dayAfter(day: Date): Date {
  return dayBefore(day, -1)
}

/** When each of the last days begins here, today's the last but one, and when today ends. */
export function lastDays(now: Date, count: number): Date[] {
  const today = startOfDay(now)
  return Array.from({ length: count + 1 }, (_, at) => dayBefore(today, count - 1 - at))
}

/** `2026-11-21`, as a field for a day holds it. */
export function dayText(day: Date): string {
  const pad = (value: number): string => String(value).padStart(2, '0')
  return `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`
}
