import { z } from 'zod'
import { typeRuleSchema } from '../control-plane/fleet.ts'
import { faultSchema } from '../errors.ts'
import { REFUSALS } from '../refusals.ts'

const moment = z.iso.datetime({ offset: true })

/**
 * `embedded`: the one that this console carries itself. `remote`: one at an address, a Canopy or a stand-alone one of ours; which, and
 * how old, is found out by asking.
 */
export const planeKindSchema = z.enum(['embedded', 'remote'])

/** `first`: intents are strings and machines are servers. `descriptors`: the one after. `ours`: all that this console can show. */
export const planeDialectSchema = z.enum(['first', 'descriptors', 'ours'])
export type PlaneDialect = z.infer<typeof planeDialectSchema>

/** What a plane has besides the calls that all have; the screens leave out what it has not. */
export const planeFeatureSchema = z.enum([
  'standings',
  'preview',
  'worklists',
  'issuances',
  'history',
  'groups',
  'enrolment',
  'unless-changed',
])
export type PlaneFeature = z.infer<typeof planeFeatureSchema>

export const planeSafetySchema = z.object({
  /** Null: this plane has no safety modes. */
  mode: z.enum(['read-only', 'write', 'danger']).nullable(),
  /** When a raised mode falls back by itself. */
  until: moment.nullable(),
})
export type PlaneSafety = z.infer<typeof planeSafetySchema>

export const planeNameSchema = z.string().trim().min(1, REFUSALS.plane_name_missing).max(100)

/** `https://host[:port][/path]`; plain `http` on loopback alone. */
export const planeUrlSchema = z.url({ protocol: /^https?$/ }).max(500)

export const planeStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('off') }),
  z.object({ state: z.literal('connecting') }),
  z.object({
    state: z.literal('connected'),
    dialect: planeDialectSchema,
    features: z.array(planeFeatureSchema),
    version: z.string().nullable(),
    safety: planeSafetySchema,
    /** Where consumers reach it; null where it is not known. */
    consumerUrl: z.string().nullable(),
  }),
  z.object({ state: z.literal('failed'), fault: faultSchema, since: moment }),
])
export type PlaneState = z.infer<typeof planeStateSchema>

/** A control plane that a workspace looks at. Its token, where it takes one, is in the keychain. */
export const planeSchema = z.object({
  id: z.uuid(),
  kind: planeKindSchema,
  name: planeNameSchema,
  /** Null for the embedded one. */
  url: planeUrlSchema.nullable(),
  hasToken: z.boolean(),
  /** SHA-256 of the public key of its certificate, base64url, where it has none that an authority signed. */
  pin: z.string().nullable(),
  /** Of the embedded one: where consumers reach it; 0 for any that is free, at each start another; null for not at all. */
  consumerPort: z.number().int().nullable(),
  connection: planeStateSchema,
})
export type Plane = z.infer<typeof planeSchema>

export const newPlaneSchema = z.object({
  name: planeNameSchema,
  url: planeUrlSchema,
  /** Sent as `Authorization: Bearer`; a Canopy on a tailnet takes none. */
  token: z.string().max(4096).nullable(),
  pin: z.string().nullable(),
})
export type NewPlane = z.infer<typeof newPlaneSchema>

/** One repository, and the machines that are backed up to it. */
export const planeGroupSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  status: z.enum(['provisioning', 'ready']).nullable(),
  reason: z.string().nullable(),
  url: z.string().nullable(),
  repositoryId: z.string().nullable(),
  machines: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      archived: z.boolean(),
      /** The host of this console that has this name, where exactly one has. */
      hostId: z.string().nullable(),
      backups: z.array(z.object({ type: z.string(), snapshotId: z.string(), snapshotAt: moment, takenAt: moment })),
    }),
  ),
  types: z.array(z.string()),
  /** How the type of a snapshot is found; empty where none was said. */
  typeRules: z.array(typeRuleSchema),
  observedAt: moment.nullable(),
})
export type PlaneGroup = z.infer<typeof planeGroupSchema>
