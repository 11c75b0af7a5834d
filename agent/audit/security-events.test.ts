import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { agentContract } from '../../contract/agent/index.ts'
import { permissionSchema } from '../../contract/procedure.ts'
import { type AuditEntry, auditEntrySchema } from '../../contract/shapes/audit.ts'
import { connect } from '../../contract/wire/client.ts'
import { memoryPorts } from '../../contract/wire/memory-port.ts'
import { servePort } from '../../contract/wire/serve-port.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import type { Connection } from '../connection.ts'
import { type DaemonWorld, daemonWorld } from '../testing/daemon-world.ts'
import { restoreOf } from '../testing/restore-request.ts'

const SNAPSHOT = 'a'.repeat(64)
const KEY = '11111111-1111-4111-8111-111111111111'

let open: AsyncDisposableStack
let directory: string
let world: DaemonWorld
let repositoryId: string

beforeEach(async () => {
  open = new AsyncDisposableStack()
  directory = open.use(temporaryDirectory()).path
  world = open.use(await daemonWorld(directory))
  const access = { url: join(directory, 'none'), username: '', serverPassword: '', password: 'p' }
  repositoryId = (await world.own.repository.add({ name: 'data', access })).id
})
afterEach(() => open.disposeAsync())

/** A caller's connection as the doorway makes it. */
function as(changes: Partial<Connection> = {}) {
  const caller: Connection = {
    peer: 'eve@desk',
    role: 'admin',
    permissions: permissionSchema.options,
    workspace: null,
    origin: 'a test',
    ...changes,
  }
  const [ours, theirs] = memoryPorts()
  servePort(theirs, world.daemon.agent.handler, caller)
  open.defer(() => ours.close('over'))
  return connect(agentContract, ours)
}

const preview = () => ({ repositoryId, snapshotId: SNAPSHOT, path: '/etc/shadow', limit: 1000 })
const NOTHING = { name: null, username: null, serverPassword: null, password: null }

interface Event {
  readonly what: string
  readonly act: () => Promise<unknown>
  readonly says: Partial<AuditEntry>
}

/** Everything that somebody who looks into what happened to this host must find in its audit. */
const EVENTS: readonly Event[] = [
  {
    what: 'an invitation',
    act: () => world.invite(),
    says: { action: 'peer.invite', outcome: 'done', summary: expect.stringContaining('operator of ops') },
  },
  {
    what: 'an enrolment',
    act: () => world.enrolled('ada@desk'),
    says: { action: 'peer.enrol', outcome: 'done', actor: 'ada@desk' },
  },
  {
    what: 'a code that is given a second time',
    async act() {
      const code = await world.invite()
      await (await world.stranger('ada@desk')).redeem(code)
      await (await world.stranger('eve@desk')).redeem(code)
    },
    says: { action: 'peer.enrol', outcome: 'refused', actor: 'eve@desk', summary: expect.stringContaining('used') },
  },
  {
    what: 'a code for another workspace',
    act: async () => (await world.stranger('eve@desk')).redeem({ ...(await world.invite()), workspace: 'dev' }),
    says: { action: 'peer.enrol', outcome: 'refused', summary: expect.stringContaining('another workspace') },
  },
  {
    what: 'a revocation',
    async act() {
      await world.enrolled('ada@desk')
      await world.administration.peers.revoke({ peer: 'ada@desk' })
    },
    says: { action: 'peer.revoke', outcome: 'done', summary: expect.stringContaining('ada@desk') },
  },
  {
    what: 'a repository with its credentials',
    act: () =>
      as().repository.add({
        name: 'more',
        access: { url: join(directory, 'more'), username: 'u', serverPassword: 's', password: 'secret' },
      }),
    says: { action: 'repository.add', outcome: 'done', actor: 'eve@desk' },
  },
  {
    what: 'a change of credentials that does not come about',
    act: () => as().repository.change({ ...NOTHING, repositoryId, password: 'secret' }),
    says: { action: 'repository.change', outcome: 'refused', summary: 'Change data: the password' },
  },
  {
    what: 'another name',
    act: () => as().repository.change({ ...NOTHING, repositoryId, name: 'other' }),
    says: { action: 'repository.change', outcome: 'done', summary: 'Change data: its name' },
  },
  {
    what: 'a repository that is forgotten',
    act: () => as().repository.remove({ repositoryId }),
    says: { action: 'repository.remove', outcome: 'done' },
  },
  {
    what: 'a look into a file',
    act: () => as().preview.read({ ...preview(), repositoryId: 'gone' }),
    says: { action: 'file.preview', outcome: 'refused', summary: '/etc/shadow', snapshotId: SNAPSHOT },
  },
  {
    what: 'a look into a file by somebody who may not',
    act: () => as({ permissions: [] }).preview.read(preview()),
    says: { action: 'file.preview', outcome: 'refused', summary: '/etc/shadow', actor: 'eve@desk' },
  },
  {
    what: 'a call beyond a role',
    act: () => as({ role: 'viewer' }).repository.remove({ repositoryId }),
    says: { action: 'call.refused', outcome: 'refused', summary: 'repository.remove, which needs admin, as viewer' },
  },
  {
    what: 'a call from another workspace',
    async act() {
      await world.invite()
      await as({ workspace: 'dev' }).repository.list()
    },
    says: { action: 'call.refused', outcome: 'refused', summary: 'repository.list, for the workspace dev' },
  },
  {
    what: 'a restore that is refused',
    act: () =>
      as().restore.start({
        request: restoreOf({ repositoryId: 'gone', snapshotId: SNAPSHOT }),
        planHash: null,
        requestKey: KEY,
      }),
    says: { action: 'host.restore', outcome: 'refused', requestKey: KEY, snapshotId: SNAPSHOT },
  },
  {
    what: 'a backup that is refused',
    act: () => as().repository.backUp({ repositoryId, requestKey: KEY }),
    says: { action: 'host.backup', outcome: 'refused', requestKey: KEY, repositoryId: expect.any(String) },
  },
  {
    what: 'a repository that is not made',
    act: () => as().repository.initialise({ repositoryId, requestKey: KEY, again: null }),
    says: { action: 'host.initialise', outcome: 'refused', requestKey: KEY, repositoryId: expect.any(String) },
  },
  {
    what: 'a sample that is not made',
    act: () => as().repository.createSample({ requestKey: KEY }),
    says: { action: 'host.sample', outcome: 'refused', requestKey: KEY },
  },
]

// @security Audit: Every event of security is in the agent’s audit once, with who it was and how it ended.
test.each(EVENTS)('$what is in the audit, once, with who and how it ended', async ({ act, says }) => {
  const before = (await world.own.audit.list({ limit: 1000 })).entries.length
  await act().catch(() => undefined)
  const { entries, chainIntact } = await world.own.audit.list({ limit: 1000 })
  expect(chainIntact).toBe(true)
  const fresh = entries.slice(0, entries.length - before)
  const found = fresh.filter(({ action, outcome }) => action === says.action && outcome === says.outcome)
  expect(found).toMatchObject([says])
  expect(found[0]?.actor).not.toBe('')
  expect(found[0]?.origin).not.toBe('')
  expect(found[0]?.endedAt).not.toBeNull()
  expect(JSON.stringify(fresh)).not.toContain('secret')
})

test('every action that an agent writes is in the table, or belongs to a run', () => {
  const ofConsoles = auditEntrySchema.shape.action.options.filter((action) =>
    /^(console|workspace|plane|consumer|replica|host\.(enrol|remove))/.test(action),
  )
  const told = new Set([...EVENTS.map(({ says }) => says.action), ...ofConsoles])
  // What needs a run that goes on is tested with the runs.
  expect(auditEntrySchema.shape.action.options.filter((action) => !told.has(action))).toEqual([
    'host.cancel',
    'host.diff',
  ])
})
