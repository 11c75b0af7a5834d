import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { permissionSchema } from '../contract/procedure.ts'
import { ReasonedError } from '../contract/reasons.ts'
import { messagePort } from '../contract/wire/message-port.ts'
import { servePort } from '../contract/wire/serve-port.ts'
import { startReason } from '../engine/start-reason.ts'
import { composeAgent } from './compose.ts'

/** What the thread that starts this worker gives it as `workerData`; `port` is in its transfer list. */
const startSchema = z.object({
  port: z.custom<MessagePort>((value) => typeof value === 'object' && value !== null && 'postMessage' in value),
  dataDirectory: z.string(),
  /** 32 bytes, base64. */
  secretsKey: z.base64(),
  resticCandidates: z.array(z.string()),
  stagingRoot: z.string().nullable(),
  /** `user@machine` of the operator, who is admin of this computer's own agent. */
  peer: z.string(),
  agentVersion: z.string(),
})

/**
 * This computer's own agent, in a worker thread of the console. It serves `port`, writes its log to its standard error
 * and shuts down cleanly when the parent posts `'close'`: then the thread ends by itself. One that cannot start ends
 * with an error whose message says why.
 */
async function serve(parent: MessagePort): Promise<void> {
  const start = startSchema.parse(workerData)
  const agent = await composeAgent({
    ...start,
    secretsKey: Buffer.from(start.secretsKey, 'base64'),
    log: (line) => process.stderr.write(`${line}\n`),
  })
  const port = messagePort(start.port)
  servePort(port, agent.handler, {
    peer: start.peer,
    role: 'admin',
    permissions: permissionSchema.options,
    workspace: null,
    origin: 'the console on this computer',
  })
  const shutDown = async (): Promise<void> => {
    try {
      await agent[Symbol.asyncDispose]()
    } finally {
      port.close('the agent shut down')
      parent.close()
    }
  }
  parent.on('message', (message: unknown) => {
    // A failure to shut down is the thread's uncaught error, which the parent is told of.
    if (message === 'close') void shutDown()
  })
}

if (parentPort === null) throw new Error('this file is a worker thread')
try {
  await serve(parentPort)
} catch (cause) {
  throw new ReasonedError(startReason(cause), { cause })
}
