import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { Fault, type FaultOf, writeFault } from '../contract/errors.ts'
import { messagePort } from '../contract/wire/message-port.ts'
import { servePort } from '../contract/wire/serve-port.ts'
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
export type AgentWorkerData = z.infer<typeof startSchema>

/**
 * What this worker says to the thread that started it, apart from the wire: that calls are answered, or why they never
 * will be. After `failed` it ends.
 */
export type AgentWorkerMessage = { readonly type: 'ready' } | { readonly type: 'failed'; readonly fault: FaultOf }

/**
 * This computer's own agent, in a worker thread of the console. It serves `port`, writes its log to its standard error
 * and shuts down cleanly when the parent posts `'close'`: then the thread ends by itself.
 */
async function serve(parent: MessagePort): Promise<void> {
  const start = startSchema.parse(workerData)
  const agent = await composeAgent({
    ...start,
    secretsKey: Buffer.from(start.secretsKey, 'base64'),
    log: (line) => process.stderr.write(`${line}\n`),
  })
  const port = messagePort(start.port)
  servePort(port, agent.handler, { peer: start.peer, role: 'admin', origin: 'the console on this computer' })
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
  parent.postMessage({ type: 'ready' } satisfies AgentWorkerMessage)
}

if (parentPort === null) throw new Error('this file is a worker thread')
const parent = parentPort
try {
  await serve(parent)
} catch (error) {
  if (!(error instanceof Fault)) throw error
  parent.postMessage({ type: 'failed', fault: writeFault(error) } satisfies AgentWorkerMessage)
  parent.close()
}
