import { agentContract } from '../../../contract/agent/index.ts'
import { Fault } from '../../../contract/errors.ts'
import { reasonOf } from '../../../contract/reasons.ts'
import type { Enrolment, RedemptionRefusal } from '../../../contract/shapes/enrolment.ts'
import { AGENT_PROTOCOL } from '../../../contract/shapes/host.ts'
import type { LinkTimes } from '../../../contract/shapes/link-times.ts'
import { connect } from '../../../contract/wire/client.ts'
import { ConnectionLost } from '../../../contract/wire/port.ts'
import { type AgentPort, type Doors, type Identity, LinkFailure } from './doors.ts'

/** Milliseconds in which an agent must have said who it is, on a line that takes no longer to be reached by. */
const PATIENCE = 20_000

/** What is learnt of an agent by being let in. */
export interface Admitted {
  readonly agentId: string
  readonly hostname: string
  readonly workspace: string | null
}

interface Deps {
  readonly doors: Doors
  /** The console's own key. Rejects with `forbidden` while the secrets are not open. */
  readonly identity: () => Promise<Identity>
  /** `user@machine`. */
  readonly actor: string
  readonly times: () => LinkTimes
}

/** Getting to know an agent, before it is a host of this console. */
export class Introduction {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /**
   * Give the code of a line to the agent that it names. Throws `unreachable` (with ConnectionLost as its cause where the
   * code may have been taken), `version_mismatch`, and `conflict`: `other_key`, `code_unknown`, `code_used`,
   * `code_expired`, `code_workspace`, `too_many_tries`.
   */
  async redeem(enrolment: Enrolment): Promise<Admitted> {
    const { doors, actor } = this.#deps
    const { address, code, workspace } = enrolment
    const identity = await this.#deps.identity()
    try {
      const redemption = { protocol: AGENT_PROTOCOL, code, workspace, peer: actor }
      const answer = await doors.redeem(enrolment, identity, redemption, this.#deps.times())
      if (!('refused' in answer)) return answer
      throw refusalOf(answer.refused, address)
    } catch (error) {
      if (!(error instanceof LinkFailure)) throw error
      if (error.obstacle === 'other_key') throw new Fault('conflict', { what: 'other_key', detail: address })
      if (error.obstacle !== 'answer_lost') throw faultOf(error, address)
      // Whether the code was taken shows at the door.
      const admitted = await this.greetEnrolled(enrolment)
      if (admitted !== null) return admitted
      const cause = new ConnectionLost(error.message)
      throw new Fault('unreachable', { host: address, ...error.reason }, { cause })
    }
  }

  /** Ask an agent who it is, over ssh. Throws `tool_missing`, `unreachable`, `version_mismatch`. */
  async greetThroughSsh(destination: string): Promise<Admitted> {
    const { doors } = this.#deps
    const times = this.#deps.times()
    return await greet(() => doors.dialSsh(destination, times), { host: destination, patience: patienceOf(times) })
  }

  /** Ask an agent that may have enrolled this console before who it is; null when it does not let it in. */
  async greetEnrolled(enrolment: Enrolment): Promise<Admitted | null> {
    const identity = await this.#deps.identity()
    const times = this.#deps.times()
    const patience = patienceOf(times)
    const dial = (): Promise<AgentPort> =>
      this.#deps.doors.dialTls(enrolment, identity, AbortSignal.timeout(patience), times)
    try {
      return await greet(dial, { host: enrolment.address, patience })
    } catch {
      return null
    }
  }
}

function patienceOf({ reachWithin }: LinkTimes): number {
  return Math.max(PATIENCE, reachWithin * 2000)
}

interface Greeted {
  readonly host: string
  /** Milliseconds. */
  readonly patience: number
}

async function greet(dial: () => Promise<AgentPort>, { host, patience }: Greeted): Promise<Admitted> {
  let port: AgentPort | undefined
  try {
    port = await dial()
    const signal = AbortSignal.timeout(patience)
    const { agentId, hostname, granted } = await connect(agentContract, port).host.hello(
      { protocol: AGENT_PROTOCOL },
      { signal },
    )
    return { agentId, hostname, workspace: granted.workspace }
  } catch (error) {
    throw faultOf(port?.failure?.() ?? error, host)
  } finally {
    port?.close('it has said who it is')
  }
}

function faultOf(error: unknown, host: string): unknown {
  if (error instanceof LinkFailure && error.obstacle === 'no_ssh') {
    return new Fault('tool_missing', { tool: 'ssh', wanted: 'any version', found: null }, { cause: error })
  }
  if (error instanceof LinkFailure) return new Fault('unreachable', { host, ...error.reason }, { cause: error })
  if (error instanceof ConnectionLost) {
    return new Fault(
      'unreachable',
      { host, ...reasonOf('connection_closed', { said: error.message }) },
      { cause: error },
    )
  }
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new Fault('unreachable', { host, ...reasonOf('did_not_introduce_itself') }, { cause: error })
  }
  return error
}

function refusalOf(refused: RedemptionRefusal['refused'], address: string): Error {
  switch (refused) {
    case 'unknown':
    case 'used':
    case 'expired':
    case 'workspace':
      return new Fault('conflict', { what: `code_${refused}`, detail: address })
    case 'too-many':
      return new Fault('conflict', { what: 'too_many_tries', detail: address })
    case 'version':
      return new Fault('version_mismatch', { ours: String(AGENT_PROTOCOL), theirs: 'another' })
    case 'malformed':
      return new Error(`the agent at ${address} did not understand how its code was given`)
  }
}
