import { oc } from '@orpc/contract'
import { z } from 'zod'

/** What an operator may do on a host: browse; plan and run; in-place, credentials, enrol. Each includes the one before. */
export const roleSchema = z.enum(['viewer', 'operator', 'admin'])
export type Role = z.infer<typeof roleSchema>

export interface ProcedureMeta {
  /** `read` is repeated by a client that reconnects; the others never are. */
  readonly effect: 'read' | 'write' | 'destroy'
  /** The least role that may call it. */
  readonly needs: Role
}

const base = oc.$meta<ProcedureMeta>({ effect: 'read', needs: 'viewer' })

/** A call that changes nothing; any viewer may make it. */
export const read = base
/** A call that starts or changes something. */
export const write = base.meta({ effect: 'write', needs: 'operator' })
/** A call that changes credentials or cannot be undone. */
export const administer = base.meta({ effect: 'write', needs: 'admin' })

/** True when `role` is at least `needed`. */
export function permits(role: Role, needed: Role): boolean {
  return roleSchema.options.indexOf(role) >= roleSchema.options.indexOf(needed)
}
