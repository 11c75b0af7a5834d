import { z } from 'zod'
import { read } from '../procedure.ts'
import { agentIdentitySchema } from '../shapes/host.ts'

export const host = {
  /** The first call on a connection: what each side speaks. Throws `version_mismatch`. */
  hello: read.input(z.looseObject({ protocol: z.number().int() })).output(agentIdentitySchema),
} as const
