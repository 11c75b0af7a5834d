import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { administer, read } from '../procedure.ts'
import { workspaceNameSchema } from '../shapes/enrolment.ts'
import { workspaceColorSchema, workspaceSchema, workspaceViewSchema } from '../shapes/workspace.ts'

const one = { workspaceId: z.string() } as const

/**
 * A connection works in one workspace for as long as it lives: in the one that it enters first, else in the one that was
 * entered last by anybody. What is of another one is `forbidden` (`workspace`) to every call but these.
 */
export const workspaces = {
  /** By name. */
  list: read.output(z.array(workspaceViewSchema)),
  /** The same list, again whenever it changes. */
  watch: read.output(eventIterator(z.array(workspaceViewSchema))),
  /** Throws `not_found`; `conflict` (`workspace_entered`) where this connection works in another one already. */
  enter: read.input(z.object(one)).output(workspaceSchema),
  /** Throws `conflict` (`workspace_exists`) where one is called so. */
  create: administer
    .input(z.object({ name: workspaceNameSchema, color: workspaceColorSchema }))
    .output(workspaceSchema),
  /** Fields that are null stay as they are. Throws `not_found`, `conflict` (`workspace_exists`). */
  change: administer
    .input(z.object({ ...one, name: workspaceNameSchema.nullable(), color: workspaceColorSchema.nullable() }))
    .output(workspaceSchema),
  /**
   * Only an empty one, its name typed, and not the one that this connection works in; what was done there stays in the
   * audit. Throws `not_found`, `conflict`: `workspace_not_empty`, `workspace_entered`, `wrong_workspace_name`.
   */
  remove: administer.input(z.object({ ...one, typed: z.string() })).output(z.object({})),
} as const
