import { z } from 'zod'

const moment = z.iso.datetime({ offset: true })
const nullableText = z.string().nullable()

/** A group has one repository. `provisioning`: the plane cannot read it yet, so nothing of it is dispatched. */
export const groupStatusSchema = z.enum(['provisioning', 'ready'])

/** How the type of a snapshot is found: by a tag, or by a path that it contains. The first that fits. */
export const typeRuleSchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('tag'), tag: z.string().min(1), type: z.string().min(1) }),
  z.object({ by: z.literal('path'), path: z.string().min(1), type: z.string().min(1) }),
])
export type TypeRule = z.infer<typeof typeRuleSchema>
/** The type of a snapshot that no rule fits. A tag `type=NAME` says it without any rule. */
export const USUAL_TYPE = 'files'

export const groupViewSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** From here on ours. */
  status: groupStatusSchema,
  /** Why it is not ready, or could not be looked at the last time, in the words of what was tried; null otherwise. */
  reason: nullableText,
  /** As restic takes it, without user and password; null where nobody said. */
  url: nullableText,
  storage: z.enum(['s3', 'rest']),
  /** The id in restic's `config` file; null where it is not known. */
  repository_id: nullableText,
  machines: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      /** No snapshot of it is left, or somebody archived it. */
      archived: z.boolean(),
      backups: z.array(z.object({ type: z.string(), snapshot_id: z.string(), snapshot_at: moment, taken_at: moment })),
    }),
  ),
  /** The types that its snapshots have. */
  types: z.array(z.string()),
  type_rules: z.array(typeRuleSchema).default([]),
  observed_at: moment.nullable(),
})
export type GroupView = z.infer<typeof groupViewSchema>

/** What the plane needs to read a group's repository, and to give others a way to. Kept sealed, and never answered. */
export const groupAccessSchema = z.object({
  url: z.string().min(1),
  username: z.string().nullish(),
  server_password: z.string().nullish(),
  repo_password: z.string().min(1),
  /** With a role, credentials are made by STS; without, consumers read through the plane's gateway. */
  s3: z
    .object({
      access_key_id: z.string(),
      secret_access_key: z.string(),
      region: z.string().nullish(),
      role_arn: z.string().nullish(),
      sts_endpoint: z.string().nullish(),
    })
    .nullish(),
})
export type GroupAccess = z.infer<typeof groupAccessSchema>

/** A group with its repository. 409 where one has that name or that repository. */
export const connectGroupSchema = z.object({
  /** Null makes a new one. */
  server_group_id: z.uuid().nullish(),
  name: z.string().trim().min(1).max(100),
  access: groupAccessSchema,
  type_rules: z.array(typeRuleSchema).default([]),
})

export type ConnectGroupInput = z.input<typeof connectGroupSchema>

/** What somebody else saw of a repository that the plane need not be able to read. */
export const observeGroupSchema = z.object({
  /** The group that an earlier telling of the same came to; it stays the same one, whatever its repository is read through. */
  server_group_id: z.uuid().nullish(),
  repository_id: z.string().nullable(),
  name: z.string().trim().min(1).max(100),
  url: nullableText,
  snapshots: z.array(
    z.object({
      id: z.string(),
      /** RFC 3339 with the offset of the machine that made it. */
      time: moment,
      hostname: z.string(),
      tags: z.array(z.string()),
      paths: z.array(z.string()),
    }),
  ),
})
export type ObserveGroup = z.infer<typeof observeGroupSchema>

export const deviceRoleSchema = z.enum(['untrusted', 'server', 'releaser', 'admin', 'backup-restore'])
export type DeviceRole = z.infer<typeof deviceRoleSchema>

export const deviceViewSchema = z.object({
  id: z.uuid(),
  name: nullableText,
  role: deviceRoleSchema,
  key_pin: z.string(),
  first_seen_at: moment,
  last_seen_at: moment.nullable(),
})
export type DeviceView = z.infer<typeof deviceViewSchema>

export const connectionSchema = z.object({
  device_id: z.uuid(),
  at: moment,
  ip: z.string(),
  user_agent: nullableText,
  /** What was asked, `GET /restore-worklist`, and what was answered. */
  asked: z.string(),
  status: z.number().int(),
})

/** Said to the one who carries it to the consumer; good once, for a quarter of an hour. */
export const deviceCodeSchema = z.object({
  code: z.string(),
  /** `https://host:port` of the consumer's API. */
  url: z.string(),
  /** SHA-256 of the public key of the plane's certificate, base64url. */
  plane_pin: z.string(),
  /** The same certificate as PEM, for restic's `--cacert`. */
  certificate: z.string(),
  expires_at: moment,
})

export const safetyModeSchema = z.enum(['read-only', 'write', 'danger'])
export type SafetyMode = z.infer<typeof safetyModeSchema>

export const safetySessionSchema = z.object({
  id: z.uuid(),
  mode: safetyModeSchema,
  raise_expires_at: moment.nullable(),
})
export type SafetySession = z.infer<typeof safetySessionSchema>

/** The header in which a safety session is sent. */
export const SAFETY_HEADER = 'x-canopy-session'

/**
 * The header in which a console says for whom it asks, percent-encoded. Our own plane believes it of whoever has its token, and keeps it with
 * what is changed; a Canopy knows it better, and looks at none.
 */
export const OPERATOR_HEADER = 'x-restore-console-operator'

/** What kind of plane this is; ours alone answers it. */
export const planeDescriptionSchema = z.object({
  product: z.literal('restore-console'),
  version: z.string(),
  /** Changes need a raised safety session. */
  safety_modes: z.boolean(),
  /** `https://host:port` of the consumer's API; null while it does not listen. */
  consumer_url: nullableText,
  plane_pin: nullableText,
})
export type PlaneDescription = z.infer<typeof planeDescriptionSchema>
