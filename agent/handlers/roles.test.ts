import { isContractProcedure } from '@orpc/contract'
import { expect, test } from 'vitest'
import { agentContract } from '../../contract/agent/index.ts'
import { lacks, type ProcedureMeta, permissionSchema, roleSchema } from '../../contract/procedure.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { agentWorld } from '../testing/agent-world.ts'

const PROCEDURES = Object.entries(agentContract).flatMap(([noun, procedures]) =>
  Object.entries(procedures).map(([verb, procedure]) => {
    if (!isContractProcedure(procedure)) throw new Error(`${noun}.${verb} is no procedure`)
    return { path: `${noun}.${verb}`, noun, verb, meta: procedure['~orpc'].meta as ProcedureMeta }
  }),
)
/** All permissions, and all but each. */
const PERMISSIONS = [
  permissionSchema.options,
  ...permissionSchema.options.map((one) => permissionSchema.options.filter((other) => other !== one)),
]
const GRANTS = roleSchema.options.flatMap((role) => PERMISSIONS.map((permissions) => ({ role, permissions })))

test('the table has every call of the contract', () => {
  expect(PROCEDURES.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['host.hello', 'restore.start', 'run.cancel', 'search.find', 'preview.read']),
  )
  expect(PROCEDURES.length).toBeGreaterThan(20)
})

test('what is in a file is shown to no role by itself', () => {
  const meta = PROCEDURES.find(({ path }) => path === 'preview.read')?.meta
  expect(meta).toMatchObject({ needs: 'viewer', permission: 'read-contents' })
  expect(meta && lacks({ role: 'admin', permissions: [] }, meta)).toBe('read-contents')
})

test('each call is allowed to those whom the contract names and forbidden to all others', async () => {
  await using directory = temporaryDirectory()
  await using world = await agentWorld(directory.path, { resticCandidates: [] })
  for (const grant of GRANTS) {
    const client = world.as(grant.role, grant.permissions) as unknown as Record<
      string,
      Record<string, (input: unknown, o: object) => Promise<unknown>>
    >
    for (const { path, noun, verb, meta } of PROCEDURES) {
      // An input that fits nothing: whoever gets as far as having it read was let in.
      const answer = await client[noun]
        ?.[verb]?.('nonsense', { signal: AbortSignal.timeout(2000) })
        .catch((error: unknown) => error)
      const asked = `${grant.role} with ${grant.permissions.join()}: ${path}`
      const needs = lacks(grant, meta)
      if (needs === null) expect(answer, asked).not.toMatchObject({ code: 'forbidden' })
      else expect(answer, asked).toMatchObject({ code: 'forbidden', data: { needs } })
    }
  }
})
