import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { NoticeEvent, ProofNotice } from '../../../contract/shapes/notice.ts'
import type { Replica } from '../../../contract/shapes/replica.ts'
import { keychainInMemory } from '../../../test/console-over-double.ts'
import { type ConsoleWithPlane, consoleWithPlane, replicaThat } from '../../../test/console-with-plane.ts'
import { type PlaneConsumer, planeConsumer } from '../../../test/plane-consumer.ts'
import { backUp, repositoryAt, requireTool, writeFiles } from '../../../test/restic.ts'
import { copyTemplate, TEMPLATE_PASSWORD } from '../../../test/template-copy.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'

let stack: AsyncDisposableStack
let path: string
let made: ConsoleWithPlane
let consumer: PlaneConsumer
let replica: Replica
const keychain = keychainInMemory()

/** What a window is told of replicas. */
async function listen() {
  const stop = new AbortController()
  const told: Extract<NoticeEvent, { event: 'proof' }>[] = []
  const begun = Promise.withResolvers<void>()
  const following = (async () => {
    for await (const event of await made.client.notices.watch(undefined, { signal: stop.signal })) {
      if (event.event === 'begun') begun.resolve()
      else if (event.event === 'proof') told.push(event)
    }
  })().catch(() => undefined)
  await begun.promise
  return {
    told,
    async [Symbol.asyncDispose]() {
      stop.abort()
      await following
    },
  }
}

async function report(healthy: boolean): Promise<void> {
  const [entry] = (await consumer.ask('GET', '/restore-worklist')).body as Record<string, unknown>[]
  const { status } = await consumer.ask('POST', '/restore-verification', {
    replica_id: replica.id,
    group: replica.declaration.groupId,
    machine_id: entry?.['machine_id'],
    type: 'dump',
    intent: 'verify',
    snapshot_id: entry?.['snapshot_id'],
    outcome: healthy ? 'success' : 'failure',
    replica_healthy: healthy,
    error: healthy ? null : 'the database did not start',
    observed_at: new Date().toISOString(),
  })
  expect(status).toBe(204)
  await made.client.replicas.refresh(undefined)
}

requireTool('restic')('notices of replicas on the embedded plane', () => {
  beforeAll(async () => {
    stack = new AsyncDisposableStack()
    path = stack.use(temporaryDirectory()).path
    const source = join(path, 'source')
    await writeFiles(source, { 'data.sql': 'select 1;' })
    const repository = repositoryAt(path, { url: join(path, 'repository') })
    await copyTemplate(repository.access.url)
    await backUp(repository, source, ['--force', '--host', 'db-01', '--tag', 'type=dump'])
    made = await consoleWithPlane(path, keychain)
    stack.defer(() => made[Symbol.asyncDispose]())
    const { client, plane } = made
    const access = { url: repository.access.url, repo_password: TEMPLATE_PASSWORD }
    const group = { planeId: plane.id, groupId: null, name: 'north', access, typeRules: [] }
    const { id: groupId } = await client.planes.connectGroup(group)
    consumer = await planeConsumer()
    const consumerId = await consumer.enrol(await client.consumers.code({ planeId: plane.id, name: 'verifier' }))
    await consumer.ask('POST', '/restore-capabilities', { intents: [{ intent: 'verify', semantics: ['check'] }] })
    const declaration = {
      consumerId,
      groupId,
      machineId: null,
      type: 'dump',
      intent: 'verify',
      name: 'north-verify',
      overdueAfter: null,
      params: {},
      redacts: false,
      publishesSchemas: false,
      migratesOnRequest: false,
      enabled: true,
    }
    replica = await client.replicas.declare({ planeId: plane.id, declaration })
    await report(true)
    await replicaThat(client, 'north-verify', ({ state }) => state === 'healthy')
  })
  afterAll(() => stack.disposeAsync())

  it('one failure is told once, is counted until it is well again, and what is well is told in the window', async () => {
    await using window = await listen()
    await expect.poll(async () => (await replicaThat(made.client, 'north-verify')).state).toBe('healthy')
    await report(false)
    const notice: Partial<ProofNotice> = {
      planeId: made.plane.id,
      name: 'north-verify',
      state: 'failing',
      machines: ['db-01'],
      cause: 'the database did not start',
    }
    const system = { by: 'page', names: '' }
    await expect.poll(() => window.told).toMatchObject([{ notice, inWindow: true, system }])
    expect(made.world.services.notices.unseen(workspaceId())).toBe(1)
    await report(false)
    await report(true)
    await expect.poll(() => window.told.length).toBeGreaterThan(1)
    expect(window.told.map(({ notice: { state } }) => state)).toEqual(['failing', 'healthy', 'over'])
    expect(window.told[1]?.system).toBeNull()
    expect(made.world.services.notices.unseen(workspaceId())).toBe(0)
  })

  it('what begins while no window is there is told to the next one, and after a restart not again', async () => {
    await report(false)
    {
      await using window = await listen()
      await expect.poll(() => window.told).toMatchObject([{ notice: { state: 'failing' } }])
    }
    await made[Symbol.asyncDispose]()
    made = await consoleWithPlane(path, keychain)
    await using window = await listen()
    await replicaThat(made.client, 'north-verify', ({ state }) => state === 'failing')
    await made.client.notices.change({ inWindow: true, bySystem: true, fileNames: false, proofs: false, quiet: null })
    await made.client.replicas.refresh(undefined)
    expect(window.told).toEqual([])
  })
})

function workspaceId(): string {
  const [{ workspaceId: id } = { workspaceId: '' }] = made.world.services.hosts.records()
  return id
}
