import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { agentWorld } from './agent-world.ts'
import { restoreOf } from './restore-request.ts'

/**
 * An agent in a process of its own, to be killed: it restores a whole snapshot and prints each event of the run as one
 * line of JSON. Its only argument is the JSON of this.
 */
const orderSchema = z.object({
  directory: z.string(),
  restic: z.string(),
  url: z.string(),
  password: z.string(),
  snapshotId: z.string(),
})

const { directory, restic, url, password, snapshotId } = orderSchema.parse(JSON.parse(process.argv[2] ?? ''))
const { client } = await agentWorld(directory, { resticCandidates: [restic] })
const access = { url, username: '', serverPassword: '', password }
const { id: repositoryId } = await client.repository.add({ name: 'crash', access })
const run = await client.restore.start({
  request: restoreOf({ repositoryId, snapshotId }),
  planHash: null,
  requestKey: randomUUID(),
})
for await (const event of await client.run.follow({ runId: run.id })) process.stdout.write(`${JSON.stringify(event)}\n`)
