import { z } from 'zod'

/** Most of what the console is asked concerns one host. */
export const onHost = { hostId: z.string() } as const
