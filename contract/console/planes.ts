import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { administer, read, write } from '../procedure.ts'
import { newPlaneSchema, planeGroupSchema, planeSafetySchema, planeSchema, planeUrlSchema } from '../shapes/plane.ts'
import { groupAccessSchema, typeRuleSchema } from '../control-plane/fleet.ts'

export const onPlane = { planeId: z.uuid() } as const
const plane = z.object(onPlane)

/** The control planes of a workspace. One of another workspace is `forbidden`, and `unreachable` one that does not answer. */
export const planes = {
  /** By name, the embedded one first; again whenever one has changed. */
  watch: read.output(eventIterator(z.array(planeSchema))),
  /** Ask what is there, before it is added. Throws `unreachable`, `unauthenticated`, `version_mismatch`. */
  probe: administer.input(newPlaneSchema.omit({ name: true })).output(planeSchema.shape.connection),
  /** Throws `conflict` (`plane_exists`). Audited, as all that follow. */
  add: administer.input(newPlaneSchema).output(planeSchema),
  /** Fields that are null stay as they are. Throws `not_found`, `conflict` (`plane_exists`, `plane_embedded`). */
  change: administer
    .input(
      z.object({
        ...onPlane,
        name: newPlaneSchema.shape.name.nullable(),
        url: planeUrlSchema.nullable(),
        token: z.string().nullable(),
      }),
    )
    .output(planeSchema),
  /** Forget it; on the plane nothing changes. The embedded one is switched off instead. */
  remove: administer.input(plane).output(z.object({})),
  /** Switch this workspace's embedded plane on, or off; what it knows stays. `consumerPort`: where consumers reach it; 0 takes any that is free, null none. */
  setEmbedded: administer
    .input(z.object({ on: z.boolean(), consumerPort: z.number().int().min(0).max(65_535).nullable() }))
    .output(z.array(planeSchema)),
  /** Throws `forbidden` (the plane's own word). */
  raise: write.input(plane.extend({ mode: z.enum(['write', 'danger']) })).output(planeSafetySchema),
  lower: write.input(plane).output(planeSafetySchema),
  groups: read.input(plane).output(z.array(planeGroupSchema)),
  /**
   * Let our own plane read a group's repository and give others a way to. Throws `invalid_input` with the plane's sentence where it cannot
   * be read with this; `conflict` (`group_exists`, `plane_without_groups`).
   */
  connectGroup: administer
    .input(
      z.object({
        ...onPlane,
        groupId: z.uuid().nullable(),
        name: z.string().trim().min(1).max(100),
        access: groupAccessSchema,
        typeRules: z.array(typeRuleSchema),
      }),
    )
    .output(planeGroupSchema),
  disconnectGroup: administer.input(plane.extend({ groupId: z.uuid() })).output(planeGroupSchema),
} as const
