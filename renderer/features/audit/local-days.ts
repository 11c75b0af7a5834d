/** The moment at which a day began here. */
export function startOfDay(time: Date): Date {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate())
}

/** When each of the last days begins here, today's the last but one, and when today ends: a day may have 23 or 25 hours. */
export function lastDays(now: Date, count: number): Date[] {
  return Array.from(
    { length: count + 1 },
    (_, at) => new Date(now.getFullYear(), now.getMonth(), now.getDate() - (count - 1 - at)),
  )
}
