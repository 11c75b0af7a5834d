import { reveal } from '../procedure.ts'
import { previewInputSchema, previewSchema } from '../shapes/preview.ts'
import { onHost } from './on-host.ts'

export const preview = {
  /** As the agent's `preview.read`, for one host; audited here too before it is asked. Nothing of it is kept. */
  read: reveal.input(previewInputSchema.extend(onHost)).output(previewSchema),
} as const
