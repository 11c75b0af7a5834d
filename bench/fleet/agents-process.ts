import { orderSchema, startSchema } from './messages.ts'
import { startSimulatedAgent } from './simulated-agent.ts'

/** Many agents in one process; its only argument is the JSON of what `startSchema` reads. */
const { directory, hostnames } = startSchema.parse(JSON.parse(process.argv[2] ?? ''))
const agents = new Map<string, Awaited<ReturnType<typeof startSimulatedAgent>>>()
for (const hostname of hostnames) agents.set(hostname, await startSimulatedAgent(directory, hostname))

process.on('message', (message) => {
  const { hostname, filesDone } = orderSchema.parse(message)
  const at = process.hrtime.bigint()
  agents.get(hostname)?.progress(filesDone)
  process.send?.({ kind: 'told', hostname, at: String(at) })
})
process.send?.({
  kind: 'started',
  lines: Object.fromEntries([...agents].map(([hostname, { line }]) => [hostname, line])),
})
