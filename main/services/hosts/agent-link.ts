import { type AgentClient, agentContract } from '../../../contract/agent/index.ts'
import { Fault } from '../../../contract/errors.ts'
import { type Reason, reasonOf } from '../../../contract/reasons.ts'
import { AGENT_PROTOCOL, type AgentIdentity, type Link } from '../../../contract/shapes/host.ts'
import type { LinkTimes } from '../../../contract/shapes/link-times.ts'
import { connect } from '../../../contract/wire/client.ts'
import { ConnectionLost, type Port } from '../../../contract/wire/port.ts'
import { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { type AgentPort, type Dial, LinkFailure } from './doors.ts'
import { pauseUntil, untilSilent } from './heartbeat.ts'
import { type Outcome, outcomeOf } from './link-reason.ts'

/** What all links share. */
export interface LinkSurroundings {
  readonly clock: Clock
  /** From 0 to 1. */
  readonly random: () => number
  readonly wakes: Pick<Changes<'wake'>, 'subscribe'>
  /** How long is waited, as it is set now. */
  readonly times: () => LinkTimes
}

interface Deps extends LinkSurroundings {
  readonly dial: Dial
  /** Silence ends the connection. Not for an agent in this process: its end is told, and ending it ends its run. */
  readonly heartbeat: boolean
  /** Done with each new connection before anyone else may use it; the signal aborts when the connection ends. */
  readonly attend: (agent: AgentClient, signal: AbortSignal) => Promise<void>
  /** A failure of it is logged, and no reason to dial no more. */
  readonly changed: (link: Link) => void
  readonly log: Pick<Log, 'warning'>
  /** When an answer last came, by an earlier link. */
  readonly lastSeenAt: string | null
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
  readonly #asks = new Changes<'reach'>()
  #loop: Promise<void> | undefined
  #agent: AgentClient | undefined
  #identity: AgentIdentity | null = null
  #connectedAt: number | undefined
  #clockAhead: number | undefined
  #attempt: AbortController | undefined
  #wasAsked = false
  /** That the connection of now was given up because nothing came. */
  #silence: LinkFailure | undefined
  #heardAt: number | null
  #link: Omit<Link, 'lastSeenAt'>

  constructor(deps: Deps) {
    this.#deps = deps
    this.#heardAt = deps.lastSeenAt === null ? null : Date.parse(deps.lastSeenAt)
    this.#link = { state: 'connecting', since: deps.clock.now().toISOString(), reason: '' }
  }

  get link(): Link {
    const lastSeenAt = this.#heardAt === null ? null : new Date(this.#heardAt).toISOString()
    return { ...this.#link, lastSeenAt, ...(this.#clockAhead !== undefined && { clockAhead: this.#clockAhead }) }
  }

  /** What the agent last said of itself; null until it was reached for the first time. */
  get identity(): AgentIdentity | null {
    return this.#identity
  }

  /** Say why nobody dials yet. */
  hold(reason: Reason): void {
    if (this.#loop === undefined) this.#become({ state: 'unreachable', ...reason })
  }

  /** Begin to dial, unless that was done. */
  start(): void {
    if (this.#loop !== undefined) return
    this.#become({ state: 'connecting', reason: '' })
    this.#loop = this.#keepConnected()
  }

  /** Dial now and not when the pause is over; after a refusal, at all. */
  reach(): void {
    if (this.#loop === undefined || this.#link.state === 'connected') return
    this.#become({ state: 'connecting', reason: '' })
    this.#wasAsked = true
    this.#attempt?.abort(new ConnectionLost('somebody asked to begin anew'))
    this.#asks.announce('reach')
  }

  /** The agent, once a connection that is being made is there. Throws `unreachable` when there is none. */
  async agent(host: string, signal: AbortSignal): Promise<AgentClient> {
    await this.settled(signal)
    if (this.#agent === undefined) throw new Fault('unreachable', { host, ...this.#whyAway() })
    return this.#agent
  }

  /** Resolves when the first attempt to connect has come to something. */
  async settled(signal: AbortSignal): Promise<void> {
    using changes = this.#changes.subscribe()
    while (this.#link.state === 'connecting') await changes.next(AbortSignal.any([signal, this.#stop.signal]))
  }

  /** The agent, however long it takes until it can be reached. */
  async connected(signal: AbortSignal): Promise<AgentClient> {
    using changes = this.#changes.subscribe()
    while (this.#agent === undefined) await changes.next(AbortSignal.any([signal, this.#stop.signal]))
    return this.#agent
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new ConnectionLost('the console has given up this link'))
    await this.#loop
  }

  async #keepConnected(): Promise<void> {
    let failures = 0
    while (true) {
      this.#wasAsked = false
      this.#connectedAt = undefined
      const outcome = await this.#connectOnce()
      if (this.#stop.signal.aborted) return
      failures = this.#heldWell() ? 1 : failures + 1
      if (!this.#wasAsked) {
        this.#become(outcome)
        const isEarly = await this.#untilDue(outcome.state, failures).catch(() => false)
        if (this.#stop.signal.aborted) return
        if (isEarly) failures = 0
      }
    }
  }

  /** True when somebody asked, or the machine woke, before the pause was over. After a refusal there is no end but that. */
  async #untilDue(state: Link['state'], failures: number): Promise<boolean> {
    const { clock, wakes, random } = this.#deps
    const { signal } = this.#stop
    if (state === 'refused') {
      using asks = this.#asks.subscribe()
      await asks.next(signal)
      return true
    }
    // Those who lost one server together do not come back together.
    const pause = Math.min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE) * (0.5 + random() / 2)
    return await pauseUntil([this.#asks, wakes], { clock, milliseconds: pause }, signal)
  }

  #heldWell(): boolean {
    return this.#connectedAt !== undefined && this.#deps.clock.now().getTime() - this.#connectedAt > GOOD
  }

  /** One connection from dial to end; the answer says why it ended. */
  async #connectOnce(): Promise<Outcome> {
    const ended = new AbortController()
    this.#attempt = ended
    this.#silence = undefined
    const signal = AbortSignal.any([this.#stop.signal, ended.signal])
    let port: AgentPort | undefined
    try {
      const dialled = await this.#deps.dial(signal)
      port = dialled
      const closed = new Promise<string>((resolve) => dialled.onClose(resolve))
      dialled.onClose((reason) => this.#lose(dialled, reason))
      void closed.then((reason) => ended.abort(new ConnectionLost(reason)))
      this.#stop.signal.addEventListener('abort', () => dialled.close('the console ends'), { signal: ended.signal })
      if (this.#stop.signal.aborted) dialled.close('the console ends')
      try {
        await this.#begin(dialled, signal)
      } catch (error) {
        dialled.close('the agent could not be used')
        throw ended.signal.aborted && !(error instanceof LinkFailure) ? ended.signal.reason : error
      }
      throw new ConnectionLost(await closed)
    } catch (error) {
      return this.#outcomeOf(port, error)
    } finally {
      this.#agent = undefined
    }
  }

  async #begin(port: AgentPort, signal: AbortSignal): Promise<void> {
    const agent = connect(agentContract, this.#heard(port))
    if (this.#deps.heartbeat) this.#watch(port, agent, signal)
    this.#identity = await agent.host.hello({ protocol: AGENT_PROTOCOL }, { signal })
    const { time } = this.#identity
    this.#clockAhead = time === undefined ? undefined : Date.parse(time) - this.#deps.clock.now().getTime()
    await this.#deps.attend(agent, signal)
    this.#agent = agent
    this.#connectedAt = this.#deps.clock.now().getTime()
    this.#become({ state: 'connected', reason: '' })
  }

  /** End a connection on which nothing comes any more. */
  #watch(port: Port, agent: AgentClient, signal: AbortSignal): void {
    const began = this.#deps.clock.now().getTime()
    const heardAt = (): number => Math.max(began, this.#heardAt ?? 0)
    untilSilent({ ...this.#deps, heardAt, ask: () => agent.host.ping(undefined, { signal }) }, signal).then(
      () => {
        this.#silence = new LinkFailure('unreachable', reasonOf('silent', { seconds: this.#deps.times().awayAfter }))
        port.close(this.#silence.message)
      },
      () => undefined,
    )
  }

  /** The same port; what comes through it is a sign of life. */
  #heard(port: AgentPort): Port {
    const hear = (): void => {
      this.#heardAt = this.#deps.clock.now().getTime()
    }
    const { onBytes } = port
    if (onBytes !== undefined) onBytes.call(port, hear)
    return {
      send: (frame) => port.send(frame),
      onFrame: (listener) =>
        port.onFrame((frame) => {
          hear()
          listener(frame)
        }),
      onClose: (listener) => port.onClose(listener),
      close: (reason) => port.close(reason),
      ready: async () => port.ready?.(),
    }
  }

  /** Said before anything that was open on the connection fails: whoever asks anew then is not given the old one. */
  #lose(port: AgentPort, reason: string): void {
    if (this.#agent === undefined || this.#stop.signal.aborted) return
    this.#agent = undefined
    this.#become(this.#outcomeOf(port, new ConnectionLost(reason)))
  }

  /** Why there is no connection, and since when nothing is known of the host. */
  #whyAway(): Reason & { readonly seenAt?: string } {
    const { reason, why, lastSeenAt } = this.link
    if (lastSeenAt === null) return { reason, why }
    const seen = `Last seen ${lastSeenAt.slice(0, 16).replace('T', ' ')} UTC.`
    return { reason: `${/[.!?]$/.test(reason) ? reason : `${reason}.`} ${seen}`, why, seenAt: lastSeenAt }
  }

  #outcomeOf(port: AgentPort | undefined, error: unknown): Outcome {
    return outcomeOf(this.#silence ?? port?.failure?.() ?? error)
  }

  #become({ state, reason, why }: Outcome): void {
    if (this.#link.state === state && this.#link.reason === reason) return
    this.#link = { state, since: this.#deps.clock.now().toISOString(), reason, why }
    this.#changes.announce('link')
    try {
      this.#deps.changed(this.link)
    } catch (error) {
      this.#deps.log.warning('what follows from a change of a link was not done', { state, reason: String(error) })
    }
  }
}
