import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type PlaneWorkerData, planeWorkerReadySchema } from '../../contract/control-plane/worker.ts'
import { ReasonedError } from '../../contract/reasons.ts'
import type { RunningPlane, StartEmbedded } from '../services/planes/index.ts'
import { endOf } from '../services/thread-end.ts'

export interface EmbeddedPlaneOptions {
  /** The plane's entry: source under plain Node, bundle in the product. */
  readonly worker: URL
  /** Below it each plane has a directory of its own. */
  readonly dataDirectory: string
  readonly version: string
}

/** Milliseconds that a plane may take until it listens, and to end by itself. */
const PATIENCE = 20_000

/** A Canopy's safety modes keep people from mistakes; here the console's roles and its questions do. */
const SAFETY_MODES = false
/** Consumers come from other machines. */
const EVERYWHERE = '0.0.0.0'
/** Only the one that this console carries. */
const HERE = { host: '127.0.0.1', port: 0 }

/** Control planes in threads of this process. Each listens, and is asked as any other one is. */
export function embeddedPlanes(options: EmbeddedPlaneOptions, patience = PATIENCE): StartEmbedded {
  return async ({ planeId, secretsKey, consumerPort }, signal) => {
    signal.throwIfAborted()
    const dataDirectory = join(options.dataDirectory, planeId)
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
    const workerData: PlaneWorkerData = {
      dataDirectory,
      secretsKey,
      consumerListen: consumerPort === null ? HERE : { host: EVERYWHERE, port: consumerPort },
      version: options.version,
      safetyModes: SAFETY_MODES,
    }
    const worker = new Worker(options.worker, { name: 'control plane', workerData })
    return await running(worker, AbortSignal.any([signal, AbortSignal.timeout(patience)]), patience)
  }
}

async function running(worker: Worker, signal: AbortSignal, patience: number): Promise<RunningPlane> {
  const ended = endOf(worker)
  const end = async (): Promise<void> => {
    worker.postMessage('close')
    const timer = setTimeout(() => void worker.terminate(), patience)
    await ended
    clearTimeout(timer)
  }
  const said = Promise.withResolvers<unknown>()
  worker.once('message', said.resolve)
  const gone = ended.then((reason) => said.reject(new ReasonedError(reason)))
  const stop = (): void => said.reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  try {
    const { operatorUrl, token } = planeWorkerReadySchema.parse(await said.promise)
    return { operatorUrl, token, ended, [Symbol.asyncDispose]: end }
  } catch (error) {
    await end()
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
    gone.catch(() => undefined)
  }
}
