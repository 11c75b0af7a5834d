import { afterAll, beforeAll, expect, test } from 'vitest'
import { consoleContract } from '../../contract/console/index.ts'
import { Fault } from '../../contract/errors.ts'
import { type ProcedureMeta, permits, roleSchema } from '../../contract/procedure.ts'
import { connect } from '../../contract/wire/client.ts'
import { AgentDouble } from '../../test/agent-double.ts'
import { type ConsoleOverDouble, consoleOverDouble } from '../../test/console-over-double.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'

const directory = temporaryDirectory()
let world: ConsoleOverDouble

beforeAll(async () => {
  world = await consoleOverDouble(new AgentDouble(), directory.path)
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await directory[Symbol.asyncDispose]()
})

type Call = (input: unknown) => Promise<unknown>

/** Every call of the contract with every role. */
const cases = Object.entries(consoleContract).flatMap(([noun, calls]) =>
  Object.entries(calls).flatMap(([name, procedure]) => {
    const { needs }: ProcedureMeta = procedure['~orpc'].meta
    return roleSchema.options.map((role) => ({ noun, name, role, needs, allowed: permits(role, needs) }))
  }),
)

test('there is something to check', () => {
  expect(cases.length).toBeGreaterThan(60)
  expect(cases.filter(({ allowed }) => !allowed).length).toBeGreaterThan(10)
})

// The input is wrong on purpose: whether the role may call at all is decided before anyone looks at it.
test.each(cases)('$noun.$name as $role: allowed $allowed', async ({ noun, name, role, needs, allowed }) => {
  // The client is typed by noun and name; here they are data.
  const client = connect(consoleContract, world.serveAs(role)) as unknown as Record<string, Record<string, Call>>
  const answer = await client[noun]?.[name]?.('wrong on purpose').then(
    () => 'allowed',
    (error: unknown) => error,
  )
  const refused = answer instanceof Fault && answer.code === 'forbidden' && 'needs' in answer.data && answer.data.needs
  expect(refused === needs).toBe(!allowed)
})
