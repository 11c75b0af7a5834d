import { read } from '../procedure.ts'
import { versionsInputSchema, versionsSchema } from '../shapes/version.ts'
import { onHost } from './on-host.ts'

export const versions = {
  /** As the agent's `version.list`, for one host. */
  list: read.input(versionsInputSchema.extend(onHost)).output(versionsSchema),
} as const
