import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { z } from 'zod'
import type { AgentClient } from '../../contract/agent/index.ts'
import { newRestoreSchema } from '../../contract/shapes/restore.ts'
import type { Run } from '../../contract/shapes/run.ts'
import { agentWorld } from './agent-world.ts'
import { restoreOf } from './restore-request.ts'

/**
 * An agent in a process of its own, to be killed: it restores a whole snapshot, or what it is told to, and prints each event
 * of the run as one line of JSON. Its only argument is the JSON of this.
 */
const orderSchema = z.object({
  directory: z.string(),
  restic: z.string(),
  url: z.string(),
  password: z.string(),
  snapshotId: z.string(),
  changes: newRestoreSchema
    .partial()
    .extend({ include: z.array(z.string()).optional() })
    .default({}),
})
export type ProcessOrder = z.input<typeof orderSchema>

const { directory, restic, url, password, snapshotId, changes } = orderSchema.parse(JSON.parse(process.argv[2] ?? ''))
const { client } = await agentWorld(directory, { resticCandidates: [restic] })
const access = { url, username: '', serverPassword: '', password }
const [known] = await client.repository.list()
const { id: repositoryId } = known ?? (await client.repository.add({ name: 'crash', access }))
const run = await started(client)
for await (const event of await client.run.follow({ runId: run.id })) process.stdout.write(`${JSON.stringify(event)}\n`)

async function started({ restore }: AgentClient): Promise<Run> {
  const { include = ['/'], ...more } = changes
  const request = newRestoreSchema.parse({ ...restoreOf({ repositoryId, snapshotId }, { include }), ...more })
  if (request.target.kind === 'staging') return restore.start({ request, planHash: null, requestKey: randomUUID() })
  const { hash: planHash } = await restore.plan({ request })
  const confirmation = { hostname: hostname(), reason: 'a test wants it', safetySnapshot: true }
  const order = { request, planHash, requestKey: randomUUID() }
  if (request.target.kind === 'path') return restore.start(order)
  return restore.startInPlace({ ...order, confirmation })
}
