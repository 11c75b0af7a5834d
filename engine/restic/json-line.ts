import type { z } from 'zod'

/** One line of restic's `--json` output, if it is one and of the shape; undefined for all else, text and garbage included. */
export function readJsonLine<T>(line: string, schema: z.ZodType<T>): T | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    return schema.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}
