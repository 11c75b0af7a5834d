import { z } from 'zod'
import { REFUSALS } from '../refusals.ts'

/** Filters under a name, as they stand in the address of the list that they narrow: a period keeps its meaning as time goes on. */
export const savedViewSchema = z.object({
  id: z.uuid(),
  name: z.string().trim().min(1, REFUSALS.name_missing).max(60),
  filters: z.record(z.string().max(40), z.string().max(2000)),
})
export type SavedView = z.infer<typeof savedViewSchema>
