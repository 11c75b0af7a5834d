import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { administer, read } from '../procedure.ts'
import { feedSchema, updateStateSchema } from '../shapes/update.ts'

/**
 * New versions of this console. Where it cannot replace itself all but `watch` throws `forbidden` (`desktop`). While a run
 * goes on nothing of it is done: `conflict` (`run_goes_on`).
 */
export const updates = {
  /** As it is now, and again whenever it has changed. */
  watch: read.output(eventIterator(updateStateSchema)),
  /** Name the feed, or null for none. The shell asks whoever sits before it: throws `cancelled` where they say no. Audited. */
  setFeed: administer.input(z.object({ feed: feedSchema.nullable() })).output(updateStateSchema),
  /** Look for a new version now. Throws `conflict` (`updates_off`). */
  look: administer.output(updateStateSchema),
  /** Fetch the version that was found. Throws `conflict` (`nothing_to_fetch`). */
  fetch: administer.output(updateStateSchema),
  /** End the console, put the new version in its place, and open that. The shell asks before: throws `cancelled`. Audited. */
  install: administer.output(updateStateSchema),
} as const
