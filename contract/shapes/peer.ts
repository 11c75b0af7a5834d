import { z } from 'zod'
import { permissionSchema, roleSchema } from '../procedure.ts'
import { keyPinSchema, workspaceNameSchema } from './enrolment.ts'

/** A console that a host's agent knows by its key. */
export const peerSchema = z.object({
  pin: keyPinSchema,
  /** `user@machine`, as the console called itself when it was enrolled. */
  name: z.string(),
  workspace: workspaceNameSchema,
  role: roleSchema,
  permissions: z.array(permissionSchema),
  enrolledAt: z.iso.datetime(),
  /** Null until it connected for the first time. */
  lastSeenAt: z.iso.datetime().nullable(),
  /** Live connections now. */
  connections: z.number().int().nonnegative(),
})
export type Peer = z.infer<typeof peerSchema>
