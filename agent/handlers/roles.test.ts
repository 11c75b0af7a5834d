import { isContractProcedure } from '@orpc/contract'
import { expect, test } from 'vitest'
import { agentContract } from '../../contract/agent/index.ts'
import { type ProcedureMeta, permits, roleSchema } from '../../contract/procedure.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { agentWorld } from '../testing/agent-world.ts'

const PROCEDURES = Object.entries(agentContract).flatMap(([noun, procedures]) =>
  Object.entries(procedures).map(([verb, procedure]) => {
    if (!isContractProcedure(procedure)) throw new Error(`${noun}.${verb} is no procedure`)
    const { needs } = procedure['~orpc'].meta as ProcedureMeta
    return { path: `${noun}.${verb}`, noun, verb, needs }
  }),
)
const TABLE = PROCEDURES.flatMap((procedure) => roleSchema.options.map((role) => ({ ...procedure, role })))

test('the table has every call of the contract', () => {
  expect(PROCEDURES.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['host.hello', 'restore.start', 'run.cancel']),
  )
  expect(PROCEDURES.length).toBeGreaterThan(15)
})

test('each call is allowed to the roles that the contract names and forbidden to all others', async () => {
  await using directory = temporaryDirectory()
  await using world = await agentWorld(directory.path, { resticCandidates: [] })
  for (const { path, noun, verb, needs, role } of TABLE) {
    const client = world.as(role) as unknown as Record<
      string,
      Record<string, (input: unknown, o: object) => Promise<unknown>>
    >
    // An input that fits nothing: whoever gets as far as having it read was let in.
    const answer = await client[noun]
      ?.[verb]?.('nonsense', { signal: AbortSignal.timeout(2000) })
      .catch((error: unknown) => error)
    const forbidden = { code: 'forbidden', data: { needs } }
    if (permits(role, needs)) expect(answer, `${role} ${path}`).not.toMatchObject(forbidden)
    else expect(answer, `${role} ${path}`).toMatchObject(forbidden)
  }
})
