import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ConsoleClient } from '../../../contract/console/index.ts'
import type { Declaration } from '../../../contract/shapes/replica.ts'
import { type ConsoleWithPlane, consoleWithPlane, replicaThat } from '../../../test/console-with-plane.ts'
import { type PlaneConsumer, planeConsumer } from '../../../test/plane-consumer.ts'
import { backUp, repositoryAt, requireTool, writeFiles } from '../../../test/restic.ts'
import { copyTemplate, TEMPLATE_PASSWORD } from '../../../test/template-copy.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'

const VERIFY = {
  intent: 'verify',
  description: 'Restores and throws away.',
  semantics: ['check'],
  params: { wait: { type: 'duration', default: 1800 } },
}
const INTENTS = { intents: [VERIFY, { intent: 'analytics', semantics: ['check', 'url'] }] }

let stack: AsyncDisposableStack
let made: ConsoleWithPlane
let consumer: PlaneConsumer
let consumerId: string
let groupId: string
let machineId: string

function newDeclaration(name: string, change: Partial<Declaration> = {}): Declaration {
  return {
    consumerId,
    groupId,
    machineId: null,
    type: 'tamanu-postgres',
    intent: 'verify',
    name,
    overdueAfter: '1d',
    params: {},
    redacts: false,
    publishesSchemas: false,
    migratesOnRequest: false,
    enabled: true,
    ...change,
  }
}

async function newest(client: ConsoleClient, count: number) {
  const entries = await client.audit.recent({ hostId: null, limit: count })
  return entries.map(({ action, outcome, summary }) => ({ action, outcome, summary }))
}

async function remove(replicaId: string): Promise<void> {
  const { client, plane } = made
  const { declaration } = await replicaById(replicaId)
  await client.replicas.remove({ planeId: plane.id, replicaId, typed: declaration.name })
}

async function replicaById(replicaId: string) {
  for await (const { replicas } of await made.client.replicas.watch(undefined)) {
    const found = replicas.find(({ id }) => id === replicaId)
    if (found !== undefined) return found
  }
  throw new Error('the stream ended')
}

requireTool('restic')('replicas on the embedded plane', () => {
  beforeAll(async () => {
    stack = new AsyncDisposableStack()
    const { path } = stack.use(temporaryDirectory())
    const source = join(path, 'source')
    await writeFiles(source, { 'data.sql': 'select 1;' })
    const repository = repositoryAt(path, { url: join(path, 'repository') })
    await copyTemplate(repository.access.url)
    await backUp(repository, source, ['--force', '--host', 'db-01', '--tag', 'type=tamanu-postgres'])
    made = stack.use(await consoleWithPlane(path))
    const { client, plane } = made
    const group = await client.planes.connectGroup({
      planeId: plane.id,
      groupId: null,
      name: 'north',
      access: { url: repository.access.url, repo_password: TEMPLATE_PASSWORD },
      typeRules: [],
    })
    groupId = group.id
    machineId = group.machines[0]?.id ?? ''
    consumer = await planeConsumer()
    consumerId = await consumer.enrol(await client.consumers.code({ planeId: plane.id, name: 'verifier' }))
    await consumer.ask('POST', '/restore-capabilities', INTENTS)
  })
  afterAll(() => stack.disposeAsync())

  it('a declaration is shown before it is made, made, sent to its consumer, and written down', async () => {
    const { client, plane } = made
    const planeId = plane.id
    const declaration = newDeclaration('north-verify', { params: { wait: '45m' } })
    const preview = await client.replicas.preview({ planeId, replicaId: null, declaration })
    expect(preview).toMatchObject({
      entries: [{ machineId, machineName: 'db-01', params: { wait: 2700 }, snapshotId: expect.any(String) }],
      withheld: [],
      grants: [{ groupId, groupName: 'north', type: 'tamanu-postgres' }],
      nameTakenBy: null,
    })
    const replica = await client.replicas.declare({ planeId, declaration })
    expect(replica).toMatchObject({
      planeId,
      declaration: { ...declaration, params: { wait: '45m' } },
      consumerName: 'verifier',
      groupName: 'north',
      state: 'never-reported',
      standings: [{ machineName: 'db-01', overdue: true, latestSnapshotId: preview?.entries[0]?.snapshotId }],
    })
    expect(replica.createdBy).toBe('somebody@here')
    expect(await newest(client, 1)).toEqual([
      {
        action: 'replica.declare',
        outcome: 'done',
        summary: 'north-verify: verify of tamanu-postgres, all machines, overdue after 1d, on Embedded',
      },
    ])
    const sent = await consumer.ask('GET', '/restore-worklist')
    expect(sent.body).toMatchObject([{ replica_id: replica.id, machine_id: machineId, name: 'north-verify' }])
    expect(await client.consumers.worklist({ planeId, consumerId })).toMatchObject([
      { replicaId: replica.id, machineName: 'db-01', snapshotId: preview?.entries[0]?.snapshotId },
    ])
    await expect(client.replicas.declare({ planeId, declaration })).rejects.toMatchObject({
      code: 'conflict',
      data: { what: 'replica_exists', detail: replica.id },
    })
    expect(await newest(client, 1)).toMatchObject([{ action: 'replica.declare', outcome: 'refused' }])
    await remove(replica.id)
    expect(await newest(client, 1)).toMatchObject([{ action: 'replica.remove', outcome: 'done' }])
  })

  it('a gap is there while the consumer does not say that it can, and gone as soon as it does', async () => {
    const { client, plane } = made
    const { id } = await client.replicas.declare({ planeId: plane.id, declaration: newDeclaration('gap') })
    await consumer.ask('POST', '/restore-capabilities', { intents: [] })
    await client.replicas.refresh(undefined)
    expect(await replicaThat(client, 'gap')).toMatchObject({
      gap: true,
      state: 'gap',
      standings: [{ withheld: 'gap' }],
    })
    await consumer.ask('POST', '/restore-capabilities', INTENTS)
    await client.replicas.refresh(undefined)
    expect(await replicaThat(client, 'gap')).toMatchObject({ gap: false, state: 'never-reported' })
    await remove(id)
  })

  it('what is disabled gives no access any more, and the rest of it stays as it was', async () => {
    const { client, plane } = made
    const planeId = plane.id
    const declaration = newDeclaration('switch', { params: { wait: '10m' } })
    const replica = await client.replicas.declare({ planeId, declaration })
    const credentials = { group: groupId, type: 'tamanu-postgres', run_id: randomUUID() }
    expect((await consumer.ask('POST', '/restore-credentials', credentials)).status).toBe(200)
    const place = { planeId, replicaId: replica.id }
    expect(await client.replicas.revokes(place)).toEqual([{ groupId, groupName: 'north', type: 'tamanu-postgres' }])
    const off = await client.replicas.setEnabled({ ...place, enabled: false, updatedAt: replica.updatedAt })
    expect(off).toMatchObject({ state: 'disabled', declaration: { ...declaration, enabled: false } })
    expect(await newest(client, 1)).toMatchObject([{ action: 'replica.disable', summary: 'switch, on Embedded' }])
    expect((await consumer.ask('POST', '/restore-credentials', credentials)).status).toBe(403)
    const issued = await client.consumers.issuances({ planeId, consumerId, before: null })
    expect(issued?.items).toMatchObject([
      { groupName: 'north', runId: credentials.run_id, revokedAt: expect.any(String) },
    ])
    await remove(replica.id)
  })

  it('of two operators the second is told, and what the first has changed stays', async () => {
    const { client, plane } = made
    const planeId = plane.id
    const replica = await client.replicas.declare({ planeId, declaration: newDeclaration('two') })
    const place = { planeId, replicaId: replica.id, updatedAt: replica.updatedAt }
    const first = await client.replicas.change({ ...place, declaration: newDeclaration('two', { overdueAfter: '2d' }) })
    expect(await newest(client, 1)).toMatchObject([
      { action: 'replica.change', summary: 'two: when it is overdue, now 2d, on Embedded' },
    ])
    const second = client.replicas.change({ ...place, declaration: newDeclaration('two', { intent: 'analytics' }) })
    await expect(second).rejects.toMatchObject({ code: 'conflict', data: { what: 'replica_changed' } })
    await expect(client.replicas.setEnabled({ ...place, enabled: false })).rejects.toMatchObject({ code: 'conflict' })
    expect(await replicaThat(client, 'two')).toMatchObject({
      declaration: { intent: 'verify', overdueAfter: '2d', enabled: true },
      updatedAt: first.updatedAt,
    })
    await remove(replica.id)
  })

  it('it is removed by its name alone, and what is refused by the plane is said in its words', async () => {
    const { client, plane } = made
    const planeId = plane.id
    const { id: replicaId } = await client.replicas.declare({ planeId, declaration: newDeclaration('kept') })
    await expect(client.replicas.remove({ planeId, replicaId, typed: 'other' })).rejects.toMatchObject({
      code: 'conflict',
      data: { what: 'wrong_replica_name', detail: 'kept' },
    })
    expect(await newest(client, 1)).toMatchObject([{ action: 'replica.remove', outcome: 'refused' }])
    await remove(replicaId)
    const wrong = newDeclaration('wrong', { overdueAfter: '90' })
    await expect(client.replicas.declare({ planeId, declaration: wrong })).rejects.toMatchObject({
      code: 'invalid_input',
      data: { issues: [{ message: expect.stringMatching(/\w/), code: 'not_a_duration', values: { text: '"90"' } }] },
    })
    await expect(
      client.replicas.change({ planeId, replicaId, declaration: wrong, updatedAt: '' }),
    ).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('a report makes a replica healthy or failing, and stands in its history with its error in full', async () => {
    const { client, plane } = made
    const planeId = plane.id
    const replica = await client.replicas.declare({ planeId, declaration: newDeclaration('reported') })
    const report = {
      replica_id: replica.id,
      group: groupId,
      machine_id: machineId,
      type: 'tamanu-postgres',
      intent: 'verify',
      snapshot_id: replica.standings[0]?.latestSnapshotId,
      outcome: 'failure',
      replica_healthy: false,
      error: 'pg_ctl: could not start server\nlog: disk full',
      observed_at: new Date().toISOString(),
      health_details: { fixes: { reindex: true } },
      s3_received_raw_bytes: 4096,
    }
    expect((await consumer.ask('POST', '/restore-verification', report)).status).toBe(204)
    await client.replicas.refresh(undefined)
    expect(await replicaThat(client, 'reported')).toMatchObject({
      state: 'failing',
      standings: [{ lastReport: { error: report.error, healthy: false }, lastHealthy: null }],
    })
    const { hostId } = made.world
    const { id: runId } = await client.repositories.createSample({ hostId, requestKey: randomUUID() })
    const success = { ...report, outcome: 'success', replica_healthy: true, error: null, run_id: runId }
    await consumer.ask('POST', '/restore-verification', { ...success, observed_at: new Date().toISOString() })
    await client.replicas.refresh(undefined)
    expect(await replicaThat(client, 'reported')).toMatchObject({ state: 'healthy' })

    const filter = { planeId, replicaId: replica.id, machineId: null, groupId: null, consumerId: null }
    const first = await client.verifications.page({ ...filter, before: null, limit: 1 })
    expect(first.items).toMatchObject([
      { status: 'healthy', replicaName: 'reported', groupName: 'north', run: { hostId, runId } },
    ])
    const second = await client.verifications.page({ ...filter, before: first.next, limit: 1 })
    expect(second.items).toMatchObject([
      { status: 'failed', error: report.error, run: null, receivedBytes: 4096, health: { fixes: { reindex: true } } },
    ])
    const exported = []
    for await (const { items } of await client.verifications.export({ ...filter, format: 'csv' }))
      exported.push(...items)
    expect(exported.map(({ status }) => status)).toEqual(['healthy', 'failed'])
    expect(await newest(client, 1)).toMatchObject([{ action: 'console.export', outcome: 'done' }])
    await remove(replica.id)
    const after = await client.verifications.page({ ...filter, replicaId: null, before: null, limit: 9 })
    expect(after.items.map(({ replicaName }) => replicaName)).toContain('reported')
  })

  it('consumers are listed with what they can do and when they were heard of, and dismissed', async () => {
    const { client, plane } = made
    const planeId = plane.id
    await consumer.ask('GET', '/restore-worklist')
    await client.replicas.refresh(undefined)
    const stream = await client.consumers.watch(undefined)
    const first = await stream.next()
    expect(first.value).toMatchObject([
      {
        planeId,
        id: consumerId,
        name: 'verifier',
        silent: false,
        intents: [{ name: 'analytics' }, { name: 'verify' }],
      },
    ])
    await stream.return?.()
    const connections = await client.consumers.connections({ planeId, consumerId })
    expect(connections?.map(({ asked }) => asked)).toContain('GET /restore-worklist')
    await client.consumers.dismiss({ planeId, consumerId })
    expect((await consumer.ask('GET', '/restore-worklist')).status).toBe(403)
    expect(await newest(client, 1)).toEqual([
      { action: 'consumer.dismiss', outcome: 'done', summary: 'verifier, on Embedded' },
    ])
  })

  it('what is asked of a replica that is nowhere is not found', async () => {
    const place = { planeId: made.plane.id, replicaId: randomUUID() }
    await expect(made.client.replicas.remove({ ...place, typed: '' })).rejects.toMatchObject({ code: 'not_found' })
  })
})
