import { z } from 'zod'
import { administer, read } from '../procedure.ts'
import { pastRestoreSchema } from '../shapes/past-restore.ts'
import { proofBoundSchema, restorabilityBoardSchema } from '../shapes/restorability.ts'
import { onHost } from './on-host.ts'

/** Whether what the repositories hold can be restored at all, as far as anybody has shown. */
export const restorability = {
  board: read.output(restorabilityBoardSchema),
  /** The restores of one repository that succeeded, were partial or failed, newest first. */
  attempts: read.input(z.object({ ...onHost, repositoryId: z.string() })).output(z.array(pastRestoreSchema)),
  /** How old a proof may be, for every repository or for one; null takes back what one has of its own. Audited. */
  setBound: administer
    .input(
      z.discriminatedUnion('of', [
        z.object({ of: z.literal('all'), days: proofBoundSchema }),
        z.object({
          of: z.literal('repository'),
          ...onHost,
          repositoryId: z.string(),
          days: proofBoundSchema.nullable(),
        }),
      ]),
    )
    .output(restorabilityBoardSchema),
} as const
