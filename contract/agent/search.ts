import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { read } from '../procedure.ts'
import { searchEventSchema, searchQuerySchema } from '../shapes/search.ts'
import { snapshotIdSchema } from '../shapes/snapshot.ts'

export const search = {
  /**
   * Find nodes in snapshots of one repository; `snapshotIds` null for all of them. Abort it to stop it. Throws
   * `invalid_input` for a bad pattern, `not_found` (`snapshot`), and what `repository.test` throws.
   */
  find: read
    .input(
      searchQuerySchema.extend({
        repositoryId: z.string(),
        snapshotIds: z.array(snapshotIdSchema).min(1).max(10_000).nullable(),
      }),
    )
    .output(eventIterator(searchEventSchema)),
} as const
