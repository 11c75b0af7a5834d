import { z } from 'zod'
import type { ChainLink } from './chain.ts'

/** Loose: somebody may have made anything of it. */
const openedSchema = z.object({ at: z.string(), actor: z.string(), action: z.string(), summary: z.string() })
const closedSchema = z.object({ endedAt: z.string(), outcome: z.string() })

/** A row in words: when, and who did what or how it ended. */
export function describeLink({ sequence, step, entryId, body }: ChainLink): {
  sequence: number
  at: string | null
  says: string
} {
  const value = valueOf(body)
  if (step === 'closed') {
    const closed = closedSchema.safeParse(value)
    if (closed.success) {
      return { sequence, at: closed.data.endedAt, says: `the outcome of ${entryId}: ${closed.data.outcome}` }
    }
  }
  if (step === 'noted') return { sequence, at: null, says: `what became known of ${entryId}` }
  const opened = openedSchema.safeParse(value)
  if (!opened.success) return { sequence, at: null, says: '' }
  const { at, actor, action, summary } = opened.data
  return { sequence, at, says: `${actor}, ${action}: ${summary}` }
}

function valueOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
