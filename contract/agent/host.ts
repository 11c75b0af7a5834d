import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { read } from '../procedure.ts'
import { agentIdentitySchema, hostNewsSchema } from '../shapes/host.ts'

export const host = {
  /** The first call on a connection: what each side speaks. Throws `version_mismatch`. */
  hello: read.input(z.looseObject({ protocol: z.number().int() })).output(agentIdentitySchema),
  /** What there is to tell now, then again whenever something of it has changed. */
  watch: read.output(eventIterator(hostNewsSchema)),
  /** Answers at once; one that does not is dead. */
  ping: read.output(z.object({})),
} as const
