import type { Grant } from '../contract/procedure.ts'

/** Who is at the other end of a connection; settled once, when the connection is made. */
export interface Connection extends Grant {
  /** `user@machine`. */
  readonly peer: string
  /** The tenant that it calls for; null for whoever owns the host, who calls for none. */
  readonly workspace: string | null
  /** The door the peer came through, for the audit. */
  readonly origin: string
}
