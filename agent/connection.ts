import type { Role } from '../contract/procedure.ts'

/** Who is at the other end of a connection; settled once, when the connection is made. */
export interface Connection {
  /** `user@machine`. */
  readonly peer: string
  readonly role: Role
  /** The door the peer came through, for the audit. */
  readonly origin: string
}
