import { setFlagsFromString } from 'node:v8'
import { MessageChannel, Worker } from 'node:worker_threads'
import type { Reason } from '../../contract/reasons.ts'
import { messagePort } from '../../contract/wire/message-port.ts'
import { type AgentPort, LinkFailure } from '../services/hosts/index.ts'
import { endOf } from '../services/thread-end.ts'

export interface LocalAgentOptions {
  /** The agent's entry: source under plain Node, bundle in the product. */
  readonly worker: URL
  readonly dataDirectory: string
  readonly resticCandidates: readonly string[]
  /** Where restores go by default; null leaves it to the agent. */
  readonly stagingRoot: string | null
  /** `user@machine` of whoever uses this console. */
  readonly peer: string
  readonly agentVersion: string
}

/**
 * How JavaScript's memory is kept small where directories are read, which makes much that is soon forgotten: little room for
 * what is young, and a collection once the rest has grown by some percent, where V8 would let it grow to several times what
 * is in use. It sets no limit to what is in use. `docs/performance.md` has what it saves and costs.
 */
export const AGENT_MEMORY = { youngMiB: 6, growthPercent: 30 } as const

/** How long an agent may take to end its run's programs before its thread is ended under it. */
const PATIENCE = 20_000

/** This computer's own agent, in a thread of this process. One at a time: two would share a journal. */
export class LocalAgent implements AsyncDisposable {
  readonly #options: LocalAgentOptions
  readonly #patience: number
  #running: { readonly worker: Worker; readonly ended: Promise<Reason> } | undefined

  /** `patience`: milliseconds that an agent may take to end by itself. */
  constructor(options: LocalAgentOptions, patience = PATIENCE) {
    this.#options = options
    this.#patience = patience
  }

  /** Start the agent and open a port to it. The port closes when the thread has ended, and says why it did. */
  async dial(secretsKey: string, signal: AbortSignal): Promise<AgentPort> {
    await this.#end()
    signal.throwIfAborted()
    const { port1, port2 } = new MessageChannel()
    const { worker: entry, ...options } = this.#options
    // For every thread of this process, since V8 knows no other way; the others hold little.
    setFlagsFromString(`--heap-growing-percent=${AGENT_MEMORY.growthPercent}`)
    const worker = new Worker(entry, {
      name: 'agent',
      workerData: { ...options, port: port2, secretsKey },
      transferList: [port2],
      resourceLimits: { maxYoungGenerationSizeMb: AGENT_MEMORY.youngMiB },
    })
    const ended = endOf(worker)
    this.#running = { worker, ended }
    const port = messagePort(port1)
    let failure: LinkFailure | undefined
    void ended.then((reason) => {
      failure = new LinkFailure('unreachable', reason)
    })
    return {
      send: (frame) => port.send(frame),
      onFrame: (listener) => port.onFrame(listener),
      onClose: (listener) => void ended.then(({ reason }) => listener(reason)),
      failure: () => failure,
      close: () => void this.#end(),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end()
  }

  async #end(): Promise<void> {
    if (this.#running === undefined) return
    const { worker, ended } = this.#running
    worker.postMessage('close')
    const timer = setTimeout(() => void worker.terminate(), this.#patience)
    await ended
    clearTimeout(timer)
    this.#running = undefined
  }
}
