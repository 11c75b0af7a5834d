import { type Reason, ReasonedError } from '../../../contract/reasons.ts'
import type { Redeemed, Redemption, RedemptionRefusal } from '../../../contract/shapes/enrolment.ts'
import type { LinkTimes } from '../../../contract/shapes/link-times.ts'
import type { Port } from '../../../contract/wire/port.ts'

/** The console's own key and the certificate around it, both PEM. */
export interface Identity {
  readonly key: string
  readonly certificate: string
}

/** An agent on the network: `host:port`, and the pin of its key. */
export interface PinnedAgent {
  readonly address: string
  readonly pin: string
}

/** A port to a host's agent. */
export interface AgentPort extends Port {
  /** Called whenever something has come, be it a part of a frame: a large one takes its time and is no silence. */
  onBytes?(listener: () => void): void
  /** Once it has closed: what was in the way, where its door can tell. */
  failure?(): LinkFailure | undefined
}

/** Opens a port to a host's agent. Rejects with a `LinkFailure`, or an Error in words for the operator. */
export type Dial = (signal: AbortSignal) => Promise<AgentPort>

/** The ways to agents that are not in this process. */
export interface Doors {
  /** A key and a certificate that says nothing of this console. */
  makeIdentity(): Promise<Identity>
  /** Nothing is sent before the agent's key has been compared. Throws `LinkFailure`. */
  dialTls(to: PinnedAgent, as: Identity, signal: AbortSignal, times: LinkTimes): Promise<AgentPort>
  /** Give a one-time code. Throws `LinkFailure`; `answer_lost` when it may have been taken. */
  redeem(to: PinnedAgent, as: Identity, redemption: Redemption, times: LinkTimes): Promise<Redeemed | RedemptionRefusal>
  /** As this computer's user would log in. Throws `LinkFailure`; most of what may be wrong shows when the port closes. */
  dialSsh(destination: string, times: LinkTimes): Promise<AgentPort>
}

/**
 * What was in the way. `unreachable`: nobody answers, or the network is broken; `no_agent`: somebody answers who is no
 * agent; `other_key`: the other side is not who it was; `not_admitted`: it does not let this console in;
 * `not_installed`: there is a host and no agent on it; `no_ssh`: this computer has no ssh; `answer_lost`: what was sent
 * may have arrived.
 */
export type Obstacle =
  | 'unreachable'
  | 'no_agent'
  | 'other_key'
  | 'not_admitted'
  | 'not_installed'
  | 'no_ssh'
  | 'answer_lost'

/** Why there is no link to a host. */
export class LinkFailure extends ReasonedError {
  override readonly name = 'LinkFailure'
  readonly obstacle: Obstacle

  constructor(obstacle: Obstacle, reason: Reason, options?: ErrorOptions) {
    super(reason, options)
    this.obstacle = obstacle
  }
}
