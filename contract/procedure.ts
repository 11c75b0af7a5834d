import { oc } from '@orpc/contract'
import { z } from 'zod'

/** What an operator may do on a host: browse; plan and run; in-place, credentials, enrol. Each includes the one before. */
export const roleSchema = z.enum(['viewer', 'operator', 'admin'])
export type Role = z.infer<typeof roleSchema>

/** What no role includes and is granted by itself. `read-contents`: see what is in a file without restoring it. */
export const permissionSchema = z.enum(['read-contents'])
export type Permission = z.infer<typeof permissionSchema>

/** What a caller was given when it was let in. */
export interface Grant {
  readonly role: Role
  readonly permissions: readonly Permission[]
}

export interface ProcedureMeta {
  /** `read` is repeated by a client that reconnects; the others never are. */
  readonly effect: 'read' | 'write' | 'destroy'
  /** The least role that may call it. */
  readonly needs: Role
  /** What it takes beside the role. */
  readonly permission?: Permission
}

const base = oc.$meta<ProcedureMeta>({ effect: 'read', needs: 'viewer' })

/** A call that changes nothing; any viewer may make it. */
export const read = base
/** A call that shows what is in a file. Not repeated by itself: each stands in the audit. */
export const reveal = base.meta({ effect: 'write', needs: 'viewer', permission: 'read-contents' })
/** A call that starts or changes something. */
export const write = base.meta({ effect: 'write', needs: 'operator' })
/** A call that changes credentials or cannot be undone. */
export const administer = base.meta({ effect: 'write', needs: 'admin' })

/** True when `role` is at least `needed`. */
export function permits(role: Role, needed: Role): boolean {
  return roleSchema.options.indexOf(role) >= roleSchema.options.indexOf(needed)
}

/** What a caller lacks for a call; null when it may be made. */
export function lacks({ role, permissions }: Grant, { needs, permission }: ProcedureMeta): Role | Permission | null {
  if (!permits(role, needs)) return needs
  return permission === undefined || permissions.includes(permission) ? null : permission
}
