import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { faultSchema } from '../errors.ts'
import { read } from '../procedure.ts'
import { searchEventSchema, searchQuerySchema } from '../shapes/search.ts'
import { snapshotIdSchema } from '../shapes/snapshot.ts'
import { onHost } from './on-host.ts'

const place = { ...onHost, repositoryId: z.string() } as const

/** Where to look: one snapshot, all of a repository, or every repository of every host. */
export const searchScopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('snapshot'), ...place, snapshotId: snapshotIdSchema }),
  z.object({ kind: z.literal('repository'), ...place }),
  z.object({ kind: z.literal('everywhere') }),
])
export type SearchScope = z.infer<typeof searchScopeSchema>

/** Something one repository told; `failed` ends that repository's search and no other. */
export const placedSearchEventSchema = z.object({
  ...place,
  event: z.discriminatedUnion('kind', [
    ...searchEventSchema.options,
    z.object({ kind: z.literal('failed'), fault: faultSchema }),
  ]),
})
export type PlacedSearchEvent = z.infer<typeof placedSearchEventSchema>

export const search = {
  /** As the agent's `search.find`, in several places at once; a host that is away fails by itself. Ends when every place has ended. */
  find: read
    .input(searchQuerySchema.extend({ scope: searchScopeSchema }))
    .output(eventIterator(placedSearchEventSchema)),
} as const
