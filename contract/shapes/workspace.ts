import { z } from 'zod'
import { workspaceNameSchema } from './enrolment.ts'

/** Colours that are told from each other and from the states' at a glance; what each looks like is the screen's. */
export const workspaceColorSchema = z.enum(['teal', 'blue', 'violet', 'plum', 'red', 'orange', 'olive', 'slate'])
export type WorkspaceColor = z.infer<typeof workspaceColorSchema>

/** A tenant: every host, and all that was done there, belongs to exactly one. */
export const workspaceSchema = z.object({
  id: z.string(),
  name: workspaceNameSchema,
  color: workspaceColorSchema,
  madeAt: z.iso.datetime(),
})
export type Workspace = z.infer<typeof workspaceSchema>

/** The same, with how many hosts are in it. */
export const workspaceViewSchema = workspaceSchema.extend({ hosts: z.number().int().nonnegative() })
export type WorkspaceView = z.infer<typeof workspaceViewSchema>
