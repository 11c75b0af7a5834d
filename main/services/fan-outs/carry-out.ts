import { Fault, isFault, writeFault } from '../../../contract/errors.ts'
import { isEnded, type Run } from '../../../contract/shapes/run.ts'
import { ConnectionLost } from '../../../contract/wire/port.ts'
import type { FanOutRecord } from '../../store/index.ts'
import type { HostsService } from '../hosts/index.ts'
import type { RestoresService } from '../restores/index.ts'
import type { RunsService } from '../runs/index.ts'
import { endOf, failuresAmong, isSettled } from './fan-out-state.ts'

type HostRecord = FanOutRecord['hosts'][number]

export interface CarryOutDeps {
  readonly hosts: HostsService
  readonly restores: RestoresService
  readonly runs: RunsService
  readonly now: () => string
  /** Logs what is unforeseen, and gives the reference that may be shown. */
  readonly report: (error: unknown) => string
  /** Keeps the record as it is now, and tells whoever watches. */
  readonly keep: (record: FanOutRecord) => void
}

/** One fan-out under way: begins it on its hosts, some at a time, and writes down what becomes of each. */
export class GoingFanOut {
  readonly #deps: CarryOutDeps
  #record: FanOutRecord

  constructor(deps: CarryOutDeps, record: FanOutRecord) {
    this.#deps = deps
    this.#record = record
  }

  get record(): FanOutRecord {
    return this.#record
  }

  /**
   * Until all hosts are settled. A signal that aborts leaves it where it is, to be gone on with by another: hosts that were
   * asked are asked by the same request key again, which starts nothing twice.
   */
  async carryOut(signal: AbortSignal): Promise<void> {
    const waiting = this.#record.hosts.filter((host) => !isSettled(host)).map(({ hostId }) => hostId)
    const worker = async (): Promise<void> => {
      for (let hostId = waiting.shift(); hostId !== undefined; hostId = waiting.shift())
        await this.#oneHost(hostId, signal)
    }
    await Promise.all(Array.from({ length: this.#record.atOnce }, worker))
    const { hosts, stopped } = this.#record
    if (signal.aborted || !hosts.every(isSettled)) return
    this.#keep({ state: endOf(hosts, stopped), endedAt: this.#deps.now() })
  }

  /** Start no further hosts. */
  stop(): void {
    if (this.#record.endedAt === null) this.#keep({ stopped: true })
  }

  /** Runs that go on, of hosts that were asked. */
  going(): { readonly hostId: string; readonly runId: string }[] {
    return this.#record.hosts.flatMap(({ hostId, runId, state, fault }) =>
      runId === null || isSettled({ state, fault }) ? [] : [{ hostId, runId }],
    )
  }

  async #oneHost(hostId: string, signal: AbortSignal): Promise<void> {
    const host = this.#host(hostId)
    if (host === undefined) return
    // One that was asked before may have begun.
    if (host.state === 'waiting' && this.#isOver()) return this.#settle(hostId, { state: 'passed-over' })
    try {
      const run = host.runId === null ? await this.#begin(host, signal) : { id: host.runId }
      await this.#untilItEnds(hostId, run.id, signal)
    } catch (error) {
      if (signal.aborted) return
      const fault = error instanceof Fault ? error : new Fault('internal', { reference: this.#deps.report(error) })
      const isBegun = this.#host(hostId)?.runId !== null
      this.#settle(hostId, { state: isBegun ? 'unknown' : 'refused', fault: writeFault(fault) })
    }
  }

  #isOver(): boolean {
    const { stopped, stopAfter, hosts } = this.#record
    return stopped || (stopAfter !== null && failuresAmong(hosts) >= stopAfter)
  }

  /** Whether it was heard is not known of a question whose connection is lost: it is asked again, with the same key. */
  async #begin(host: HostRecord, signal: AbortSignal): Promise<Run> {
    // Asked before, and not heard of since: it may have begun, whether it can be reached or not.
    if (host.state === 'starting') await this.#deps.hosts.connected(host.hostId, signal)
    this.#settle(host.hostId, { state: 'starting' })
    while (true) {
      await this.#deps.hosts.settled(host.hostId, signal)
      signal.throwIfAborted()
      try {
        const run = await this.#start(host)
        this.#settle(host.hostId, { state: run.state, runId: run.id, counts: run.counts })
        return run
      } catch (error) {
        const isLost = isFault(error, 'unreachable') && error.cause instanceof ConnectionLost
        if (!isLost) throw error
        await this.#deps.hosts.connected(host.hostId, signal)
      }
    }
  }

  #start({ hostId, repositoryId, requestKey, planHash, hostname }: HostRecord): Promise<Run> {
    const { request, confirmation, origin } = this.#record
    const wanted = { hostId, request: { ...request, repositoryId }, requestKey, planHash }
    if (confirmation === null) return this.#deps.restores.start(wanted, origin)
    return this.#deps.restores.startInPlace({ ...wanted, confirmation: { ...confirmation, hostname } }, origin)
  }

  async #untilItEnds(hostId: string, runId: string, signal: AbortSignal): Promise<void> {
    for await (const event of this.#deps.runs.follow({ hostId, runId }, 0, signal)) {
      if (event.type === 'log') continue
      const { counts } = event.type === 'state' ? event.run : event
      const state = event.type === 'state' ? event.run.state : 'running'
      const fault = event.type === 'state' ? event.run.fault : null
      this.#settle(hostId, { state, counts, fault })
      if (isEnded(state)) return
    }
  }

  #host(hostId: string): HostRecord | undefined {
    return this.#record.hosts.find((host) => host.hostId === hostId)
  }

  #settle(hostId: string, change: Partial<HostRecord>): void {
    const hosts = this.#record.hosts.map((host) => (host.hostId === hostId ? { ...host, ...change } : host))
    this.#keep({ hosts })
  }

  #keep(change: Partial<FanOutRecord>): void {
    this.#record = { ...this.#record, ...change }
    this.#deps.keep(this.#record)
  }
}
