import { z } from 'zod'
import { type Reason, whySchema } from './reasons.ts'
import { type Issue, issueOf, issueSchema, type RefusalCode, type ValuesFor } from './refusals.ts'

const text = z.string()
const count = z.number().int().nonnegative()
const moment = z.iso.datetime({ offset: true })

/**
 * The closed set of errors that may cross the wire: a code and the fields a screen needs to say what is so and
 * what to do next. The sentence is the screen's; the code is the contract. DESIGN §6.
 */
export const faultSchemas = {
  /** `backend`: the repository's server refused its user name or password. `plane`: a control plane did not take the token, or its lack. */
  unauthenticated: z.object({ by: z.enum(['console', 'agent', 'backend', 'plane']) }),
  /** `needs` is the role, or the thing, that would allow it. */
  forbidden: z.object({ needs: text }),
  not_found: z.object({ what: text, id: text }),
  /** One run per host at a time; this one holds it. */
  host_busy: z.object({ runId: text, kind: text, startedAt: moment }),
  /** `what` is a stable word for the screen (`repository_exists`, `target_not_empty` …), `detail` names the thing, or says why in English; then `why` is its code. */
  conflict: z.object({ what: text, detail: text, why: whySchema }),
  /** Items that are planned now and were not, are planned otherwise, and are not any more; null where the earlier plan is forgotten. */
  plan_drifted: z.object({ added: count.nullable(), changed: count.nullable(), removed: count.nullable() }),
  invalid_input: z.object({ issues: z.array(issueSchema) }),
  /** `by` is `user@host (pid)`, as restic's lock file names its holder. */
  repository_locked: z.object({ by: text, since: moment.nullable() }),
  wrong_password: z.object({}),
  repository_not_initialised: z.object({}),
  /** `found` is the version that is there but too old, or null when there is none. */
  tool_missing: z.object({ tool: text, wanted: text, found: text.nullable() }),
  tool_failed: z.object({ tool: text, exitCode: z.number().int().nullable(), stderrTail: text }),
  /** `host` is the host or the repository's server, `why` the code of the reason, `seenAt` when it last answered where that is known. */
  unreachable: z.object({ host: text, reason: text, why: whySchema, seenAt: moment.optional().catch(undefined) }),
  version_mismatch: z.object({ ours: text, theirs: text }),
  /** Bytes. */
  no_space: z.object({ needed: count, free: count }),
  cancelled: z.object({}),
  /** Something unforeseen: the log has it under this reference. */
  internal: z.object({ reference: text }),
} as const

export type FaultCode = keyof typeof faultSchemas
export type FaultData<C extends FaultCode> = z.infer<(typeof faultSchemas)[C]>
export type FaultOf<C extends FaultCode = FaultCode> = {
  [K in C]: { readonly code: K; readonly data: FaultData<K> }
}[C]

/** An error of the closed set, thrown on either side of the wire and the same on both. */
export class Fault<C extends FaultCode = FaultCode> extends Error {
  override readonly name = 'Fault'
  readonly code: C
  readonly data: FaultData<C>

  constructor(code: C, data: FaultData<C>, options?: ErrorOptions) {
    super(code, options)
    this.code = code
    this.data = data
  }
}

/** The refusal of one thing that was entered. `path` leads to it. */
export function refused<C extends RefusalCode>(
  path: Issue['path'],
  code: C,
  ...values: ValuesFor<C>
): Fault<'invalid_input'> {
  return new Fault('invalid_input', { issues: [issueOf(path, code, ...values)] })
}

/** Something in the way, and why. */
export function conflictFor(what: string, { reason: detail, why }: Reason, options?: ErrorOptions): Fault<'conflict'> {
  return new Fault('conflict', { what, detail, why }, options)
}

/** Narrow an unknown error to a fault of one code. */
export function isFault<C extends FaultCode>(error: unknown, code: C): error is Fault<C> {
  return error instanceof Fault && error.code === code
}

const codes = Object.keys(faultSchemas) as FaultCode[]

/** A fault as it stands in a run's record or on the wire. */
export const faultSchema = z.union(
  codes.map((code) => z.object({ code: z.literal(code), data: faultSchemas[code] })),
) as z.ZodType<FaultOf>

/** Read `{ code, data }` of unknown origin; undefined when it is no fault of the closed set. */
export function readFault(value: unknown): Fault | undefined {
  const outer = z.object({ code: z.string(), data: z.unknown() }).safeParse(value)
  if (!outer.success || !isCode(outer.data.code)) return undefined
  const data = faultSchemas[outer.data.code].safeParse(outer.data.data)
  return data.success ? new Fault(outer.data.code, data.data as FaultData<FaultCode>) : undefined
}

/** The plain form of a fault, for a record or the wire. */
export function writeFault(fault: Fault): FaultOf {
  return { code: fault.code, data: fault.data } as FaultOf
}

function isCode(code: string): code is FaultCode {
  return Object.hasOwn(faultSchemas, code)
}
