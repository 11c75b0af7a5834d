import { UsageError } from '../../engine/command-line/command.ts'

/** How many of a long list. */
export const LIMIT = { limit: { type: 'string', short: 'n', default: '20' } } as const

export const LIMIT_HELP = `  -n, --limit NUMBER         the last so many: 20 unless given, at most 1000`

/** Throws `UsageError`. */
export function limitFrom(text: string): number {
  const limit = Number(text)
  if (!/^\d+$/.test(text) || limit < 1 || limit > 1000) throw new UsageError('A limit is a number from 1 to 1000.')
  return limit
}
