import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import {
  type ConsumerWorkerData,
  type ConsumerWorkerOrder,
  consumerWorkerMessageSchema,
} from '../../contract/control-plane/consumer-worker.ts'
import type { StartConsumer } from '../services/consumers/index.ts'
import { endOf } from '../services/thread-end.ts'

export interface EmbeddedConsumerOptions {
  /** The consumer's entry: source under plain Node, bundle in the product. */
  readonly worker: URL
  /** Below it each workspace's consumer has a directory of its own. Short: sockets lie below it. */
  readonly dataDirectory: string
  readonly resticCandidates: readonly string[]
  /** Where snapshots are restored to; null for below the data directory, which nobody else may enter. */
  readonly scratchRoot: string | null
  /** As the planes call it. */
  readonly name: string
}

/** Milliseconds that it may take to stop what it restores, and the servers that stay. */
const PATIENCE = 30_000

/** Restore consumers in threads of this process: the same as on the command line, each for one embedded plane. */
export function embeddedConsumers(options: EmbeddedConsumerOptions, patience = PATIENCE): StartConsumer {
  return ({ planeId, planeUrl, planePin, code }, onMessage) => {
    const dataDirectory = join(options.dataDirectory, planeId.slice(0, 8))
    // Whoever proves restored data has fewer rights, and is let through to what is its own.
    mkdirSync(dataDirectory, { recursive: true, mode: 0o711 })
    const scratch =
      options.scratchRoot === null
        ? join(dataDirectory, 's')
        : join(options.scratchRoot, `prove-${planeId.slice(0, 8)}`)
    const workerData: ConsumerWorkerData = {
      dataDirectory,
      scratch,
      resticCandidates: [...options.resticCandidates],
      planeUrl,
      planePin,
      code,
      name: options.name,
      budget: null,
    }
    const worker = new Worker(options.worker, { name: 'consumer', workerData })
    const order = (what: ConsumerWorkerOrder): void => worker.postMessage(what)
    worker.on('message', (message: unknown) => onMessage(consumerWorkerMessageSchema.parse(message)))
    const ended = endOf(worker)
    return {
      scratch,
      order,
      ended,
      [Symbol.asyncDispose]: async () => {
        order({ do: 'close' })
        const timer = setTimeout(() => void worker.terminate(), patience)
        await ended
        clearTimeout(timer)
      },
    }
  }
}
