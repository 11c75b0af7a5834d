import { expect, test } from 'vitest'
import { agentContract } from '../../contract/agent/index.ts'
import { connect } from '../../contract/wire/client.ts'
import { memoryPorts } from '../../contract/wire/memory-port.ts'
import { servePort } from '../../contract/wire/serve-port.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { agentWorld } from '../testing/agent-world.ts'

// Every call from every workspace is in handlers/roles.test.ts.
test('a host that no workspace was named for belongs to nobody who calls for one', async () => {
  await using directory = temporaryDirectory()
  await using world = await agentWorld(directory.path, { resticCandidates: [] })
  const [ours, theirs] = memoryPorts()
  const caller = { peer: 'ada@desk', role: 'admin', permissions: [], workspace: 'ops', origin: 'a test' } as const
  servePort(theirs, world.agent.handler, caller)
  await expect(connect(agentContract, ours).repository.list()).rejects.toMatchObject({ data: { needs: 'workspace' } })
})
