import { z } from 'zod'

const count = z.number().int().nonnegative()
const hash = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * Where a host's or a console's audit stood at a moment. Kept away from there, it shows what was cut off the audit's end since, or
 * written anew before it, which the audit by itself cannot.
 */
export const auditAnchorSchema = z.object({
  /** How many entries stood there by then, openings and outcomes counted one by one: 0 where nothing did. */
  sequence: count,
  /** Of the last of them; it depends on all before it. */
  hash,
  /** When it was taken, by the clock there. */
  at: z.iso.datetime(),
  /** Of the host's agent, or of the console that the audit is of. */
  agentId: z.string().min(1),
  hostname: z.string(),
})
export type AuditAnchor = z.infer<typeof auditAnchorSchema>

const described = z.object({
  sequence: z.number().int(),
  /** As it says itself; null where that cannot be read. */
  at: z.string().nullable(),
  /** Who and what, in words; empty where that cannot be read. */
  says: z.string(),
})

/** The first entry of an audit that is not as it was written. */
export const auditBreakSchema = described.extend({
  /** The last entry that it concerns; the same as `sequence` where it is one. */
  until: z.number().int(),
  /**
   * `changed`: it says something else than was written; `missing`: it is not there; `inserted`: it was put in between;
   * `out_of_order`: it stands in another's place; `cut_off`: the audit ends before the anchor; `rewritten`: it follows
   * from what is before it, but it is not what the anchor was taken of.
   */
  wrong: z.enum(['changed', 'missing', 'inserted', 'out_of_order', 'cut_off', 'rewritten']),
  /** The last entry before it that is as it was written; null where none is. */
  follows: described.nullable(),
  /** What the closed part of the audit is called that it stands in; null where it is not in one. */
  segment: z.string().nullable().default(null),
})
export type AuditBreak = z.infer<typeof auditBreakSchema>

/** What became of checking an audit from its first entry to its last. */
export const auditCheckSchema = z.object({
  /** Entries that are as they were written, from the first one on. */
  whole: count,
  /** Of the last that was followed. */
  hash,
  /** When the last of them was written, as it says; null where there is none. */
  lastAt: z.string().nullable(),
  /** Whether the anchor's entry was found as it was when the anchor was taken; null where no anchor was given. */
  anchorHolds: z.boolean().nullable(),
  /** Null where nothing is wrong. */
  broken: auditBreakSchema.nullable(),
})
export type AuditCheck = z.infer<typeof auditCheckSchema>
