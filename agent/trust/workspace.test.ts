import { isContractProcedure } from '@orpc/contract'
import { expect, test } from 'vitest'
import { agentContract } from '../../contract/agent/index.ts'
import { lacks, type ProcedureMeta, permissionSchema, roleSchema } from '../../contract/procedure.ts'
import { connect } from '../../contract/wire/client.ts'
import { memoryPorts } from '../../contract/wire/memory-port.ts'
import { servePort } from '../../contract/wire/serve-port.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { agentWorld } from '../testing/agent-world.ts'
import { settleWorkspace } from './workspace.ts'

type Calls = Record<string, Record<string, (input: unknown, options: object) => Promise<unknown>>>

const PROCEDURES = Object.entries(agentContract).flatMap(([noun, procedures]) =>
  Object.entries(procedures).map(([verb, procedure]) => {
    if (!isContractProcedure(procedure)) throw new Error(`${noun}.${verb} is no procedure`)
    return { noun, verb, meta: procedure['~orpc'].meta as ProcedureMeta }
  }),
)

/** Each call by every role from each workspace, with the word that it is forbidden for; null where it is let in. */
const MATRIX = PROCEDURES.flatMap((procedure) =>
  roleSchema.options.flatMap((role) =>
    ['ops', 'dev', null].map((workspace) => {
      const grant = { role, permissions: permissionSchema.options }
      const needs = workspace === 'dev' ? 'workspace' : lacks(grant, procedure.meta)
      return { ...procedure, ...grant, workspace, needs }
    }),
  ),
)

test('every call by every role is forbidden from another workspace, and as its role has it from the right one', async () => {
  await using directory = temporaryDirectory()
  await using world = await agentWorld(directory.path, { resticCandidates: [] })
  settleWorkspace(world.agent.trust.journal, 'ops')
  for (const { noun, verb, role, permissions, workspace, needs } of MATRIX) {
    const [ours, theirs] = memoryPorts()
    servePort(theirs, world.agent.handler, { peer: 'ada@desk', role, permissions, workspace, origin: 'a test' })
    const client = connect(agentContract, ours) as unknown as Calls
    // An input that fits nothing: whoever gets as far as having it read was let in.
    const answer = await client[noun]
      ?.[verb]?.('nonsense', { signal: AbortSignal.timeout(2000) })
      .catch((error: unknown) => error)
    const asked = `${role} of ${workspace}: ${noun}.${verb}`
    if (needs === null) expect(answer, asked).not.toMatchObject({ code: 'forbidden' })
    else expect(answer, asked).toMatchObject({ code: 'forbidden', data: { needs } })
    ours.close('asked')
  }
  expect(MATRIX.length).toBe(PROCEDURES.length * 9)
})

test('a host that no workspace was named for belongs to nobody who calls for one', async () => {
  await using directory = temporaryDirectory()
  await using world = await agentWorld(directory.path, { resticCandidates: [] })
  const [ours, theirs] = memoryPorts()
  const caller = { peer: 'ada@desk', role: 'admin', permissions: [], workspace: 'ops', origin: 'a test' } as const
  servePort(theirs, world.agent.handler, caller)
  await expect(connect(agentContract, ours).repository.list()).rejects.toMatchObject({ data: { needs: 'workspace' } })
})
