import { z } from 'zod'
import { administer, read, write } from '../procedure.ts'
import {
  newBackupSetSchema,
  reinitialisationSchema,
  repositoryAccessSchema,
  repositoryChangeSchema,
  repositoryProbeSchema,
  repositoryViewSchema,
} from '../shapes/repository.ts'
import { requestKeySchema, runSchema } from '../shapes/run.ts'

export const repository = {
  list: read.output(z.array(repositoryViewSchema)),
  /**
   * Try to open a repository; writes nothing, not even a lock. Throws `unreachable`, `unauthenticated` (by: backend),
   * `wrong_password`, `repository_not_initialised`, `repository_locked` (where that prevents reading), `tool_missing`,
   * `tool_failed`.
   */
  test: administer.input(repositoryAccessSchema).output(repositoryProbeSchema),
  /** Keep a repository and its secrets. The same URL again throws `conflict` (`repository_exists`). */
  add: administer
    .input(z.object({ name: z.string().trim().max(200), access: repositoryAccessSchema }))
    .output(repositoryViewSchema),
  /** Forget a repository and its secrets; the repository itself is left as it is. */
  remove: administer.input(z.object({ repositoryId: z.string() })).output(z.object({})),
  /** Other credentials or another name, from the next time it is opened; tested before they are kept. Throws what `test` throws. */
  change: administer.input(repositoryChangeSchema).output(repositoryViewSchema),
  /** Say what a backup takes. Throws `invalid_input` for a path that is not on this host. */
  setBackup: administer
    .input(z.object({ repositoryId: z.string(), backup: newBackupSetSchema }))
    .output(repositoryViewSchema),
  /** Start a run that backs up what was said. Throws `host_busy`, `conflict` (`nothing_to_back_up`). */
  backUp: write.input(z.object({ repositoryId: z.string(), requestKey: requestKeySchema })).output(runSchema),
  /**
   * Start a run that creates the repository. Throws `host_busy`, `conflict` (`repository_exists`) when one is there, and
   * `conflict` (`opened_before`, or `wrong_host_name`) where one was before and `again` does not say that it is meant.
   */
  initialise: administer
    .input(
      z.object({
        repositoryId: z.string(),
        requestKey: requestKeySchema,
        again: reinitialisationSchema.nullable(),
      }),
    )
    .output(runSchema),
  /** Start a run that makes the sample repository below the agent's data folder, and keeps it. Throws `host_busy`. */
  createSample: write.input(z.object({ requestKey: requestKeySchema })).output(runSchema),
} as const
