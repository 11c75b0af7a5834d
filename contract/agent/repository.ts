import { z } from 'zod'
import { administer, read, write } from '../procedure.ts'
import { repositoryAccessSchema, repositoryProbeSchema, repositoryViewSchema } from '../shapes/repository.ts'
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
  /** Start a run that creates the repository. Throws `host_busy`, `conflict` (`repository_exists`) when one is there. */
  initialise: administer.input(z.object({ repositoryId: z.string(), requestKey: requestKeySchema })).output(runSchema),
  /** Start a run that makes the sample repository below the agent's data folder, and keeps it. Throws `host_busy`. */
  createSample: write.input(z.object({ requestKey: requestKeySchema })).output(runSchema),
} as const
