import { UsageError } from '../../engine/command-line/command.ts'

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const

/** Seconds in `90s`, `15m`, `2h`, `1d`. Throws `UsageError`. */
export function secondsIn(text: string): number {
  const [, number, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  if (number === undefined || unit === undefined)
    throw new UsageError(`A time looks like 15m, 2h or 1d, not "${text}".`)
  // The expression lets no other letter through.
  return Number(number) * SECONDS[unit as keyof typeof SECONDS]
}
