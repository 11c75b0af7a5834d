import { randomBytes } from 'node:crypto'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { type PlaneWorkerReady, planeWorkerDataSchema } from '../contract/control-plane/worker.ts'
import { ReasonedError } from '../contract/reasons.ts'
import { startReason } from '../engine/start-reason.ts'
import { composePlane } from './compose.ts'

/** Nobody but this process is told of it. */
const TOKEN_BYTES = 32

/**
 * The console's own control plane, in a worker thread of it. It posts where it listens (`PlaneWorkerReady`), writes its log to its standard error and
 * shuts down cleanly when the parent posts `'close'`: then the thread ends by itself. One that cannot start ends with an error whose
 * message says why.
 */
async function serve(parent: MessagePort): Promise<void> {
  const { secretsKey, ...start } = planeWorkerDataSchema.parse(workerData)
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const plane = await composePlane({
    ...start,
    secretsKey: Buffer.from(secretsKey, 'base64'),
    advertise: null,
    operatorListen: { host: '127.0.0.1', port: 0 },
    token,
    log: (line) => process.stderr.write(`${line}\n`),
  })
  const shutDown = async (): Promise<void> => {
    try {
      await plane[Symbol.asyncDispose]()
    } finally {
      parent.close()
    }
  }
  parent.on('message', (message: unknown) => {
    // A failure to shut down is the thread's uncaught error, which the parent is told of.
    if (message === 'close') void shutDown()
  })
  const { operatorUrl, consumerUrl, pin: planePin } = plane
  parent.postMessage({ operatorUrl, token, consumerUrl, planePin } satisfies PlaneWorkerReady)
}

if (parentPort === null) throw new Error('this file is a worker thread')
try {
  await serve(parentPort)
} catch (cause) {
  throw new ReasonedError(startReason(cause), { cause })
}
