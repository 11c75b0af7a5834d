import { type AgentClient, agentContract } from '../../../contract/agent/index.ts'
import { Fault } from '../../../contract/errors.ts'
import { AGENT_PROTOCOL, type AgentIdentity, type Link } from '../../../contract/shapes/host.ts'
import { connect } from '../../../contract/wire/client.ts'
import type { Port } from '../../../contract/wire/port.ts'
import { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'
import { reasonOf } from './link-reason.ts'

/** Opens a port to a host's agent. Rejects, in words for the operator, when it cannot. */
export type Dial = (signal: AbortSignal) => Promise<Port>

interface Deps {
  readonly dial: Dial
  readonly clock: Clock
  /** Done with each new connection before anyone else may use it; the signal aborts when the connection ends. */
  readonly attend: (agent: AgentClient, signal: AbortSignal) => Promise<void>
  readonly changed: (link: Link) => void
}

const FIRST_PAUSE = 250
const LONGEST_PAUSE = 15_000
/** A connection that held for so many milliseconds was a good one: the next pause is short again. */
const GOOD = 10_000

/** The connection to one host's agent: made, watched, and made again with a growing pause. */
export class AgentLink implements AsyncDisposable {
  readonly #deps: Deps
  readonly #stop = new AbortController()
  readonly #changes = new Changes<'link'>()
  #loop: Promise<void> = Promise.resolve()
  #agent: AgentClient | undefined
  #identity: AgentIdentity | null = null
  #link: Link

  constructor(deps: Deps) {
    this.#deps = deps
    this.#link = { state: 'connecting', since: deps.clock.now().toISOString(), reason: '' }
  }

  get link(): Link {
    return this.#link
  }

  /** What the agent last said of itself; null until it was reached for the first time. */
  get identity(): AgentIdentity | null {
    return this.#identity
  }

  /** Say why nobody dials yet. */
  hold(reason: string): void {
    this.#become('unreachable', reason)
  }

  /** Begin to dial; to be called once. */
  start(): void {
    this.#become('connecting', '')
    this.#loop = this.#keepConnected()
  }

  /** The agent, once a connection that is being made is there. Throws `unreachable` when there is none. */
  async agent(host: string, signal: AbortSignal): Promise<AgentClient> {
    using changes = this.#changes.subscribe()
    while (this.#link.state === 'connecting') await changes.next(signal)
    if (this.#agent === undefined) throw new Fault('unreachable', { host, reason: this.#link.reason })
    return this.#agent
  }

  /** The agent, however long it takes until it can be reached. */
  async connected(signal: AbortSignal): Promise<AgentClient> {
    using changes = this.#changes.subscribe()
    while (this.#agent === undefined) await changes.next(signal)
    return this.#agent
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await this.#loop
  }

  async #keepConnected(): Promise<void> {
    let failures = 0
    while (!this.#stop.signal.aborted) {
      const began = this.#deps.clock.now().getTime()
      const reason = await this.#connectOnce()
      if (this.#stop.signal.aborted) return
      failures = this.#deps.clock.now().getTime() - began > GOOD ? 1 : failures + 1
      this.#become('unreachable', reason)
      const pause = Math.min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE)
      await this.#deps.clock.pause(pause, this.#stop.signal).catch(() => undefined)
    }
  }

  /** One connection from dial to end; the answer says why it ended. */
  async #connectOnce(): Promise<string> {
    const ended = new AbortController()
    const signal = AbortSignal.any([this.#stop.signal, ended.signal])
    try {
      const port = await this.#deps.dial(signal)
      const closed = new Promise<string>((resolve) => port.onClose(resolve))
      port.onClose((reason) => this.#lose(reason))
      void closed.then((reason) => ended.abort(new Error(reason)))
      this.#stop.signal.addEventListener('abort', () => port.close('the console ends'), { signal: ended.signal })
      try {
        const agent = connect(agentContract, port)
        this.#identity = await agent.host.hello({ protocol: AGENT_PROTOCOL }, { signal })
        await this.#deps.attend(agent, signal)
        this.#agent = agent
        this.#become('connected', '')
      } catch (error) {
        port.close('the agent could not be used')
        throw ended.signal.aborted ? ended.signal.reason : error
      }
      return await closed
    } catch (error) {
      return reasonOf(error)
    } finally {
      this.#agent = undefined
    }
  }

  /** Said before anything that was open on the connection fails: whoever asks anew then is not given the old one. */
  #lose(reason: string): void {
    if (this.#agent === undefined || this.#stop.signal.aborted) return
    this.#agent = undefined
    this.#become('unreachable', reason)
  }

  #become(state: Link['state'], reason: string): void {
    if (this.#link.state === state && this.#link.reason === reason) return
    this.#link = { state, since: this.#deps.clock.now().toISOString(), reason }
    this.#changes.announce('link')
    this.#deps.changed(this.#link)
  }
}
