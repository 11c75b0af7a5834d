import { z } from 'zod'
import { administer, write } from '../procedure.ts'
import {
  newBackupSetSchema,
  reinitialisationSchema,
  repositoryAccessSchema,
  repositoryChangeSchema,
  repositoryProbeSchema,
  repositoryViewSchema,
} from '../shapes/repository.ts'
import { requestKeySchema, runSchema } from '../shapes/run.ts'
import { onHost } from './on-host.ts'

/** As the agent's `repository` calls, for one host. Which repositories a host has stands in its view. */
export const repositories = {
  test: administer.input(repositoryAccessSchema.extend(onHost)).output(repositoryProbeSchema),
  add: administer
    .input(z.object({ ...onHost, name: z.string().trim().max(200), access: repositoryAccessSchema }))
    .output(repositoryViewSchema),
  remove: administer.input(z.object({ ...onHost, repositoryId: z.string() })).output(z.object({})),
  change: administer.input(repositoryChangeSchema.extend(onHost)).output(repositoryViewSchema),
  setBackup: administer
    .input(z.object({ ...onHost, repositoryId: z.string(), backup: newBackupSetSchema }))
    .output(repositoryViewSchema),
  backUp: write
    .input(z.object({ ...onHost, repositoryId: z.string(), requestKey: requestKeySchema }))
    .output(runSchema),
  initialise: administer
    .input(
      z.object({
        ...onHost,
        repositoryId: z.string(),
        requestKey: requestKeySchema,
        again: reinitialisationSchema.nullable(),
      }),
    )
    .output(runSchema),
  createSample: write.input(z.object({ ...onHost, requestKey: requestKeySchema })).output(runSchema),
} as const
