import { z } from 'zod'

/** What the value of a parameter is: seconds, bytes, true or false, a whole number, or a text. */
export const paramTypeSchema = z.enum(['duration', 'bytes', 'boolean', 'integer', 'text'])
export type ParamType = z.infer<typeof paramTypeSchema>

/** As it goes over the consumer's wire: durations in seconds and sizes in bytes. */
export const paramValueSchema = z.union([z.string(), z.number(), z.boolean()]).nullable()
export type ParamValue = z.infer<typeof paramValueSchema>

export const paramValuesSchema = z.record(z.string(), paramValueSchema)
export type ParamValues = z.infer<typeof paramValuesSchema>

export const paramSchema = z.object({ type: paramTypeSchema, default: paramValueSchema.optional() })
export type Param = z.infer<typeof paramSchema>

/**
 * Something that a consumer says it can do with a replica. Of the tags of `semantics` these mean something to a plane: how an
 * intent is dispatched, reported on, and when it is overdue: `check`, `once`, `url`, `migrate`, `redact`, `reporting-schema`.
 * Others are kept and ignored.
 */
export const intentDescriptorSchema = z.object({
  intent: z.string().min(1),
  description: z.string().nullish(),
  semantics: z.array(z.string()).default([]),
  params: z.record(z.string(), paramSchema).default({}),
})
export type IntentDescriptor = z.infer<typeof intentDescriptorSchema>

/** Parameters of an intent with `redact` that the plane fills in itself, whatever an operator sends. */
export const MASKING_PARAMS = [
  'redaction_manifest_url',
  'redaction_version_query',
  'redaction_version_fallback_to_base',
] as const
