import { isContractProcedure } from '@orpc/contract'
import { expect, test } from 'vitest'
import { agentContract } from '../../contract/agent/index.ts'
import { lacks, type ProcedureMeta, permissionSchema, roleSchema } from '../../contract/procedure.ts'
import { connect } from '../../contract/wire/client.ts'
import { memoryPorts } from '../../contract/wire/memory-port.ts'
import { servePort } from '../../contract/wire/serve-port.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import type { Connection } from '../connection.ts'
import { agentWorld } from '../testing/agent-world.ts'
import { settleWorkspace } from '../trust/workspace.ts'

type Calls = Record<string, Record<string, (input: unknown, options: object) => Promise<unknown>>>

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
/** The host's, another, and that of whoever owns the host, who calls for none. */
const WORKSPACES = ['ops', 'dev', null]

const CALLERS: readonly Connection[] = roleSchema.options.flatMap((role) =>
  PERMISSIONS.flatMap((permissions) =>
    WORKSPACES.map((workspace) => ({ peer: 'ada@desk', role, permissions, workspace, origin: 'a test' })),
  ),
)

test('the table has every call of the contract', () => {
  expect(PROCEDURES.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['host.hello', 'host.watch', 'repository.change', 'restore.start', 'preview.read']),
  )
  expect(PROCEDURES.length).toBeGreaterThan(25)
  expect(CALLERS).toHaveLength(3 * 2 * 3)
})

// @security Roles and workspaces: No role by itself lets anybody see what is in a file.
test('what is in a file is shown to no role by itself', () => {
  const meta = PROCEDURES.find(({ path }) => path === 'preview.read')?.meta
  expect(meta).toMatchObject({ needs: 'viewer', permission: 'read-contents' })
  expect(meta && lacks({ role: 'admin', permissions: [] }, meta)).toBe('read-contents')
})

// @security Roles and workspaces: Every call to an agent is refused to roles and permissions below what it needs, by the agent itself.
test.each(CALLERS)(
  'each call is allowed to those whom the contract names: $role of $workspace with $permissions',
  async (caller) => {
    await using directory = temporaryDirectory()
    await using world = await agentWorld(directory.path, { resticCandidates: [] })
    settleWorkspace(world.agent.trust.journal, 'ops')
    const [ours, theirs] = memoryPorts()
    servePort(theirs, world.agent.handler, caller)
    const client = connect(agentContract, ours) as unknown as Calls
    for (const { path, noun, verb, meta } of PROCEDURES) {
      // An input that fits nothing: whoever gets as far as having it read was let in.
      const answer = await client[noun]
        ?.[verb]?.('nonsense', { signal: AbortSignal.timeout(2000) })
        .catch((error: unknown) => error)
      const needs = caller.workspace === 'dev' ? 'workspace' : lacks(caller, meta)
      if (needs === null) expect(answer, path).not.toMatchObject({ code: 'forbidden' })
      else expect(answer, path).toMatchObject({ code: 'forbidden', data: { needs } })
    }
    ours.close('asked')
  },
)
