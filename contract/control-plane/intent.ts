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

/** Something that a consumer says it can do with a replica. Tags of `semantics` that nobody knows are kept and ignored. */
export const intentDescriptorSchema = z.object({
  intent: z.string().min(1),
  description: z.string().nullish(),
  semantics: z.array(z.string()).default([]),
  params: z.record(z.string(), paramSchema).default({}),
})
export type IntentDescriptor = z.infer<typeof intentDescriptorSchema>

/** The tags that mean something to a plane: how an intent is dispatched, reported on, and when it is overdue. */
export const SEMANTICS = ['check', 'once', 'url', 'migrate', 'redact', 'reporting-schema'] as const
export type Semantic = (typeof SEMANTICS)[number]

/** Parameters of an intent with `redact` that the plane fills in itself, whatever an operator sends. */
export const MASKING_PARAMS = [
  'redaction_manifest_url',
  'redaction_version_query',
  'redaction_version_fallback_to_base',
] as const
