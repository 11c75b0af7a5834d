import type { Grant } from '../contract/procedure.ts'

/** Who is at the other end of a connection; settled once, when the connection is made. */
export interface Connection extends Grant {
  /** `user@machine`. */
  readonly peer: string
  /** The door the peer came through, for the audit. */
  readonly origin: string
}
