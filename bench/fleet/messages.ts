import { z } from 'zod'

export const startSchema = z.object({ directory: z.string(), hostnames: z.array(z.string()) })

/** What the bench tells a process of agents: this one's run has got so far. */
export const orderSchema = z.object({ hostname: z.string(), filesDone: z.number() })

/** What such a process tells the bench. `at` is nanoseconds of the system's monotonic clock, as text. */
export const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), lines: z.record(z.string(), z.string()) }),
  z.object({ kind: z.literal('told'), hostname: z.string(), at: z.string().transform(BigInt) }),
])
