import { afterAll, beforeAll, expect, test } from 'vitest'
import { consoleContract } from '../../contract/console/index.ts'
import { Fault } from '../../contract/errors.ts'
import { lacks, type Permission, type ProcedureMeta, permissionSchema, roleSchema } from '../../contract/procedure.ts'
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

const grants: readonly (readonly Permission[])[] = [[], permissionSchema.options]

/** Every call of the contract with every role, with and without what no role includes. */
const cases = Object.entries(consoleContract).flatMap(([noun, calls]) =>
  Object.entries(calls).flatMap(([name, procedure]) => {
    const meta: ProcedureMeta = procedure['~orpc'].meta
    return roleSchema.options.flatMap((role) =>
      grants.map((permissions) => ({ noun, name, role, permissions, lacking: lacks({ role, permissions }, meta) })),
    )
  }),
)

test('there is something to check', () => {
  expect(cases.length).toBeGreaterThan(150)
  expect(cases.filter(({ lacking }) => lacking !== null).length).toBeGreaterThan(20)
  expect(cases).toContainEqual(expect.objectContaining({ role: 'admin', permissions: [], lacking: 'read-contents' }))
})

// The input is wrong on purpose: whether somebody may call at all is decided before anyone looks at it.
// @security Roles and workspaces: Every call that changes something is refused in the console to roles that may not make it.
test.each(cases)('$noun.$name as $role with $permissions: lacks $lacking', async (one) => {
  // The client is typed by noun and name; here they are data.
  const port = world.serveAs(one.role, one.permissions)
  const client = connect(consoleContract, port) as unknown as Record<string, Record<string, Call>>
  const answer = await client[one.noun]?.[one.name]?.('wrong on purpose').then(
    () => 'allowed',
    (error: unknown) => error,
  )
  const forbidden = answer instanceof Fault && answer.code === 'forbidden' && 'needs' in answer.data
  // A shell without dialogs forbids in its own words: it lacks `desktop`.
  const needs = forbidden && answer.data.needs !== 'desktop' ? answer.data.needs : null
  expect(needs).toBe(one.lacking)
})
