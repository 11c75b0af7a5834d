import { z } from 'zod'
import { read, write } from '../procedure.ts'
import { savedViewSchema } from '../shapes/saved-view.ts'

/** Filters of the list of restores that people have given names. */
export const savedViews = {
  /** By name. */
  list: read.output(z.array(savedViewSchema)),
  /** Keep one, or what has changed of it. Throws `conflict` (`view_exists`) where another is called so. */
  put: write.input(savedViewSchema).output(z.array(savedViewSchema)),
  remove: write.input(savedViewSchema.pick({ id: true })).output(z.array(savedViewSchema)),
} as const
