import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { agentContract } from '../../contract/agent/index.ts'
import { connect } from '../../contract/wire/client.ts'
import { memoryPorts } from '../../contract/wire/memory-port.ts'
import { servePort } from '../../contract/wire/serve-port.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { agentWorld } from '../testing/agent-world.ts'
import { OPERATOR, runsWorld } from '../testing/runs-world.ts'
import { settleWorkspace } from '../trust/workspace.ts'
import { Refusals } from './refusals.ts'

const logger = { info: () => undefined, warn: () => undefined, error: () => undefined }

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

// @security Audit: A flood of refused calls does not fill the audit, and none of it is lost from the count.
test('of a flood the first of each kind stands in the audit, and how many more there were when the minute is over', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  using refusals = new Refusals({ audit: world.audit, logger })
  const summaries = () => world.audit.list(1000).entries.map(({ summary }) => summary)
  for (let at = 0; at < 5000; at += 1) {
    refusals.note(OPERATOR, { call: 'restore.start', needs: 'operator' })
    refusals.note(OPERATOR, { call: 'run.cancel', needs: 'operator' })
  }
  refusals.note({ ...OPERATOR, peer: 'bob@desk' }, { call: 'restore.start', needs: 'operator' })
  expect(summaries()).toHaveLength(3)
  vi.advanceTimersByTime(60_000)
  expect(summaries()).toHaveLength(4)
  expect(summaries()[0]).toBe('9998 more within a minute: restore.start 4999, run.cancel 4999')
  refusals.note(OPERATOR, { call: 'restore.start', needs: 'operator' })
  expect(summaries()[0]).toBe('restore.start, which needs operator, as admin')
})

test('somebody who asks for ever other things fills nothing either, and what was counted is written at the end', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const refusals = new Refusals({ audit: world.audit, logger })
  for (let at = 0; at < 1000; at += 1) {
    const subject = { action: 'file.preview', summary: `/etc/${at}` } as const
    refusals.note(OPERATOR, { call: 'preview.read', needs: 'read-contents', subject })
  }
  refusals[Symbol.dispose]()
  const { entries, chainIntact } = world.audit.list(1000)
  expect(chainIntact).toBe(true)
  expect(entries).toHaveLength(21)
  expect(entries[0]).toMatchObject({ outcome: 'refused', summary: '980 more within a minute: preview.read 980' })
})

test('a caller is refused also where nothing can be written', async () => {
  await using directory = temporaryDirectory()
  const world = runsWorld(directory.path)
  const errors: string[] = []
  using refusals = new Refusals({ audit: world.audit, logger: { ...logger, error: (event) => errors.push(event) } })
  await world[Symbol.asyncDispose]()
  refusals.note(OPERATOR, { call: 'restore.start', needs: 'operator' })
  expect(errors).toEqual(['refusal.unwritten'])
})

test('calls for another workspace, and above one’s role, stand in the audit with who made them', async () => {
  await using directory = temporaryDirectory()
  await using world = await agentWorld(directory.path, { resticCandidates: [] })
  settleWorkspace(world.agent.trust.journal, 'ops')
  const [ours, theirs] = memoryPorts()
  const stranger = { peer: 'eve@desk', role: 'admin', permissions: [], workspace: 'dev', origin: 'a test' } as const
  servePort(theirs, world.agent.handler, stranger)
  const forbidden = { code: 'forbidden' }
  await expect(connect(agentContract, ours).repository.list()).rejects.toMatchObject(forbidden)
  await expect(world.as('viewer').repository.remove({ repositoryId: 'x' } as never)).rejects.toMatchObject(forbidden)
  expect((await world.client.audit.list({ limit: 9 })).entries).toMatchObject([
    {
      actor: 'viewer@desk',
      action: 'call.refused',
      outcome: 'refused',
      summary: 'repository.remove, which needs admin, as viewer',
    },
    {
      actor: 'eve@desk',
      action: 'call.refused',
      outcome: 'refused',
      summary: 'repository.list, for the workspace dev',
    },
  ])
})
