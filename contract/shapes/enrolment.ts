import { z } from 'zod'
import { permissionSchema, roleSchema } from '../procedure.ts'
import { REFUSALS } from '../refusals.ts'

/** SHA-256 of a public key in its SPKI DER form, base64url: what one side remembers of the other. */
export const keyPinSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** 16 random bytes, base64url. Good for one enrolment. */
export const enrolmentCodeSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/)

export const workspaceNameSchema = z
  .string()
  .trim()
  .min(1, REFUSALS.workspace_missing)
  .max(100)
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u, REFUSALS.workspace_control_characters)

/** `host:port`, the host a name, an IPv4 address or an IPv6 address in brackets. */
export const agentAddressSchema = z
  .string()
  .regex(/^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?):\d{1,5}$/, REFUSALS.agent_address)
  .refine((address) => {
    const port = Number(address.slice(address.lastIndexOf(':') + 1))
    return port >= 1 && port <= 65_535
  }, REFUSALS.agent_port)

/** What the line that `restore-agent enrol` prints says. What counts is what the agent keeps under the code. */
export const enrolmentSchema = z.object({
  address: agentAddressSchema,
  /** The agent's key. */
  pin: keyPinSchema,
  code: enrolmentCodeSchema,
  workspace: workspaceNameSchema,
  role: roleSchema,
})
export type Enrolment = z.infer<typeof enrolmentSchema>

/** Redeeming a code: the body of `POST /enrol`, over TLS with the console's own key. */
export const redemptionSchema = z.object({
  protocol: z.number().int(),
  code: enrolmentCodeSchema,
  workspace: workspaceNameSchema,
  /** `user@machine`, for whoever lists the peers later, in a terminal too: nothing that moves its cursor. */
  peer: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u),
})
export type Redemption = z.infer<typeof redemptionSchema>

/** Its answer when the code was good. */
export const redeemedSchema = z.object({
  agentId: z.string(),
  hostname: z.string(),
  workspace: workspaceNameSchema,
  role: roleSchema,
  permissions: z.array(permissionSchema),
})
export type Redeemed = z.infer<typeof redeemedSchema>

/**
 * Why a code was refused. More than `unknown` is told only to somebody who holds a code that once was good.
 * `version`: the two speak different protocols.
 */
export const redemptionRefusalSchema = z.object({
  refused: z.enum(['unknown', 'used', 'expired', 'workspace', 'too-many', 'version', 'malformed']),
})
export type RedemptionRefusal = z.infer<typeof redemptionRefusalSchema>

const PREFIX = 'restore-agent://'

/** The one line to paste. */
export function writeEnrolment({ address, pin, code, workspace, role }: Enrolment): string {
  // The code last: a line that was cut off when it was copied is then no enrolment.
  const fields = { key: pin, role, workspace, code }
  return `${PREFIX}${address}/?${Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')}`
}

/** Read such a line, spaces around it aside. Undefined for anything else. */
export function readEnrolment(line: string): Enrolment | undefined {
  const [, address, query] = /^restore-agent:\/\/([^/?#\s]+)\/\?([^#\s]*)$/.exec(line.trim()) ?? []
  if (address === undefined || query === undefined) return undefined
  try {
    const fields = Object.fromEntries(
      query.split('&').map((field) => {
        const [name = '', value = ''] = field.split('=')
        return [name, decodeURIComponent(value)]
      }),
    )
    const { key: pin, code, role, workspace } = fields
    return enrolmentSchema.safeParse({ address, pin, code, role, workspace }).data
  } catch {
    return undefined
  }
}
