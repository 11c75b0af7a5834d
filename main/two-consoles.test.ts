import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type DaemonWorld, daemonWorld } from '../agent/testing/daemon-world.ts'
import { type ConsoleClient, consoleContract } from '../contract/console/index.ts'
import type { AuditEntry } from '../contract/shapes/audit.ts'
import { writeEnrolment } from '../contract/shapes/enrolment.ts'
import { isEnded, type Run } from '../contract/shapes/run.ts'
import { connect } from '../contract/wire/client.ts'
import { AgentDouble } from '../test/agent-double.ts'
import { type ConsoleOverDouble, consoleOverDouble } from '../test/console-over-double.ts'
import { type CuttingProxy, startCuttingProxy } from '../test/cutting-proxy.ts'
import { makeRepository, requireTool, restic } from '../test/restic.ts'
import { newRestore } from '../test/restore-request.ts'
import { temporaryDirectory } from '../test/temporary-directory.ts'

interface Desk {
  readonly world: ConsoleOverDouble
  readonly client: ConsoleClient
  readonly hostId: string
  /** The line between it and the host. */
  readonly line: CuttingProxy
}

let open: AsyncDisposableStack
let agent: DaemonWorld
let repositoryId: string
let snapshotId: string
let desks: readonly [Desk, Desk]

async function desk(): Promise<Desk> {
  const world = open.use(await consoleOverDouble(new AgentDouble(), open.use(temporaryDirectory()).path))
  const line = open.use(await startCuttingProxy(agent.daemon.address?.port ?? 0))
  const enrolment = { ...(await agent.invite({ role: 'admin' })), address: `127.0.0.1:${line.port}` }
  const { id: hostId } = await world.client.hosts.enrol({ line: writeEnrolment(enrolment), name: 'db-01' })
  return { world, client: world.client, hostId, line }
}

async function begin(): Promise<void> {
  const directory = open.use(temporaryDirectory()).path
  const files = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`data/${at}`, `file ${at}`]))
  const made = await makeRepository({ directory: join(directory, 'made'), files })
  snapshotId = made.snapshotId
  agent = open.use(await daemonWorld(directory, { resticCandidates: [restic().path] }))
  const { url, password } = made.repository.access
  const added = await agent.own.repository.add({
    name: 'made',
    access: { url, username: '', serverPassword: '', password },
  })
  repositoryId = added.id
  await agent.own.repository.setBackup({ repositoryId, backup: { paths: [join(directory, 'made')], exclude: [] } })
  desks = [await desk(), await desk()]
}

beforeEach(() => {
  open = new AsyncDisposableStack()
})
afterEach(() => open.disposeAsync())

function restore({ client, hostId }: Pick<Desk, 'client' | 'hostId'>, requestKey: string): Promise<Run> {
  const request = newRestore(snapshotId, { repositoryId })
  return client.restores.start({ hostId, request, planHash: null, requestKey })
}

const backUp = ({ client, hostId }: Desk, requestKey: string): Promise<Run> =>
  client.repositories.backUp({ hostId, repositoryId, requestKey })

async function ended(runId: string): Promise<Run> {
  await expect.poll(async () => isEnded((await agent.own.run.get({ runId })).state), { timeout: 30_000 }).toBe(true)
  return agent.own.run.get({ runId })
}

/** What a console has written of a start. */
async function written({ client, hostId }: Desk, requestKey: string): Promise<AuditEntry[]> {
  return (await client.audit.recent({ hostId, limit: 100 })).filter((entry) => entry.requestKey === requestKey)
}

/** What the host has written of a start. */
async function writtenThere(requestKey: string): Promise<AuditEntry[]> {
  return (await agent.own.audit.list({ limit: 100 })).entries.filter((entry) => entry.requestKey === requestKey)
}

const keys = async (): Promise<string[]> =>
  (await agent.own.run.list({ limit: 100 })).map(({ requestKey }) => requestKey)

requireTool('restic')('two consoles and one host', () => {
  beforeEach(begin)

  test('of two restores at once one begins, and the other console is told which run holds the host', async () => {
    const wanted = desks.map((one) => ({ one, requestKey: randomUUID() }))
    const answers = await Promise.allSettled(wanted.map(({ one, requestKey }) => restore(one, requestKey)))
    const began = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
    expect(began).toHaveLength(1)
    const run = began[0]
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'host_busy', data: { runId: run?.id, kind: 'restore' } },
    })
    const end = await ended(run?.id ?? '')
    expect(await keys()).toEqual([run?.requestKey])
    for (const { one, requestKey } of wanted) {
      const outcome = requestKey === run?.requestKey ? end.state : 'refused'
      expect(await writtenThere(requestKey)).toMatchObject([{ outcome }])
      await expect.poll(() => written(one, requestKey)).toMatchObject([{ outcome }])
    }
  })

  test('a backup that goes on is given to the other console too, and ends in both of their audits', async () => {
    const wanted = desks.map((one) => ({ one, requestKey: randomUUID() }))
    const runs = await Promise.all(wanted.map(({ one, requestKey }) => backUp(one, requestKey)))
    expect(new Set(runs.map(({ id }) => id)).size).toBe(1)
    const { id, state } = await ended(runs[0]?.id ?? '')
    expect(await keys()).toHaveLength(1)
    for (const { one, requestKey } of wanted) {
      expect(await writtenThere(requestKey)).toMatchObject([{ runId: id }])
      await expect.poll(() => written(one, requestKey)).toMatchObject([{ runId: id, outcome: state }])
      // However late it is asked again.
      expect(await backUp(one, requestKey)).toMatchObject({ id })
    }
    expect(await keys()).toHaveLength(1)
    expect((await backUp(desks[0], randomUUID())).id).not.toBe(id)
  })

  test('a double click, a second window and the other console with the same key have one run', async () => {
    const [one, other] = desks
    const window = { hostId: one.hostId, client: connect(consoleContract, one.world.serveAs('operator')) }
    const requestKey = randomUUID()
    const runs = await Promise.all([one, one, window, other].map((each) => restore(each, requestKey)))
    expect(new Set(runs.map(({ id }) => id)).size).toBe(1)
    const { id, state } = await ended(runs[0]?.id ?? '')
    expect(await restore(window, requestKey)).toMatchObject({ id, state })
    expect(await keys()).toEqual([requestKey])
    expect(await writtenThere(requestKey)).toMatchObject([{ runId: id, outcome: state }])
    for (const each of desks) await expect.poll(() => written(each, requestKey)).toMatchObject([{ outcome: state }])
  })

  test.each([0, 40, 300])(
    'a line that breaks %i ms after the click leaves one run or none, and the key finds it',
    async (milliseconds) => {
      const [one] = desks
      const requestKey = randomUUID()
      const answer = restore(one, requestKey).then(
        ({ id }) => id,
        () => null,
      )
      await new Promise((resolve) => setTimeout(resolve, milliseconds))
      await one.line.cutAfter(0)
      const told = await answer
      await one.client.hosts.reach({ hostId: one.hostId })
      const again = (): Promise<string | null> =>
        restore(one, requestKey).then(
          (run) => run.id,
          () => null,
        )
      let id: string | null = null
      await expect.poll(async () => (id = await again()), { timeout: 20_000 }).not.toBeNull()
      if (told !== null) expect(id).toBe(told)
      const { state } = await ended(id ?? '')
      expect(await keys()).toEqual([requestKey])
      expect(await writtenThere(requestKey)).toMatchObject([{ runId: id, outcome: state }])
      await expect
        .poll(async () => (await written(one, requestKey)).filter(({ outcome }) => outcome !== 'refused'))
        .toMatchObject([{ runId: id, outcome: state }])
    },
  )
})
