import type { Entry } from '../worklist-entry.ts'

/** Whose rights a program gets that comes near restored data. */
export interface Unprivileged {
  /** Null where the consumer itself has no more rights than that. */
  readonly user: { readonly name: string; readonly uid: number; readonly gid: number } | null
}

/** What was shown of restored data. */
export interface Proof {
  readonly postgresVersion: string | null
  /** Sizes and counts, reported with the verification. */
  readonly details: Readonly<Record<string, unknown>>
}

export interface Proving {
  readonly entry: Entry
  /** The restored files. */
  readonly directory: string
  /** Of this attempt, and not among the restored files: sockets, configuration. */
  readonly beside: string
  /** In the environment of every program, so that one that is left behind can be found. */
  readonly mark: Readonly<Record<string, string>>
  readonly unprivileged: Unprivileged
  readonly signal: AbortSignal
}

/** The data is not what it should be; the message is for whoever reads the verification. */
export class ProofFailed extends Error {
  override readonly name = 'ProofFailed'
}

/** The data cannot be proven as this consumer is set up: no verdict on it. */
export class OutOfReach extends Error {
  override readonly name = 'OutOfReach'
}
