import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { worklistEntrySchema } from '../contract/control-plane/worklist.ts'
import {
  connectGroup,
  type Consumer,
  consume,
  type ControlPlane,
  enrol,
  idOf,
  operate,
  startControlPlane,
} from '../test/control-plane.ts'
import { backUp, makeRepository, requireTool, runRestic } from '../test/restic.ts'
import { TEMPLATE_PASSWORD } from '../test/template-copy.ts'
import { temporaryDirectory } from '../test/temporary-directory.ts'

const HOUR = 3_600_000
const VERIFY = {
  intent: 'verify',
  description: 'restores it and looks',
  semantics: ['check', 'once', 'unheard-of'],
  params: { scratch: { type: 'bytes', default: 1024 } },
}
const standingsSchema = z.object({ standings: z.array(z.looseObject({ state: z.string() })) })
const issuedSchema = z.object({
  credentials: z.object({ AccessKeyId: z.string(), SecretAccessKey: z.string() }),
  repo_password: z.string(),
})

async function worklist(plane: ControlPlane, { identity }: Consumer) {
  return z.array(worklistEntrySchema).parse((await consume(plane, identity, '/restore-worklist')).body)
}

async function standing(plane: ControlPlane) {
  const { body } = await operate(plane, '/api/restore_replicas/standings', {})
  return standingsSchema.parse(body).standings
}

async function advertise(plane: ControlPlane, { identity }: Consumer, intents: readonly object[]): Promise<void> {
  const { status } = await consume(plane, identity, '/restore-capabilities', { body: { intents } })
  expect(status).toBe(204)
}

type Entry = z.infer<typeof worklistEntrySchema>

async function report(plane: ControlPlane, { identity }: Consumer, entry: Entry, more: object): Promise<void> {
  const { replica_id, group_id: group, machine_id, type, intent, snapshot_id } = entry
  const about = { replica_id, group, machine_id, type, intent, snapshot_id, observed_at: new Date().toISOString() }
  const body = { ...about, outcome: 'success', replica_healthy: true, ...more }
  expect((await consume(plane, identity, '/restore-verification', { body })).status).toBe(204)
}

requireTool('restic')('a consumer of a control plane', () => {
  it('is told what to restore, reads it for an hour, reports, and has nothing to do until there is something new', async () => {
    await using directory = temporaryDirectory()
    await using plane = await startControlPlane()
    const made = await makeRepository({ directory: join(directory.path, 'made'), files: { notes: 'kept' } })
    const access = { url: made.repository.access.url, repo_password: TEMPLATE_PASSWORD }
    const group = await connectGroup(plane, 'north', access)
    const maria = await enrol(plane, 'maria')
    const declared = {
      consumer_device_id: maria.id,
      group_id: group,
      type: 'files',
      intent: 'verify',
      name: 'north-verify',
    }
    const wanted = { ...declared, overdue_after: '1d', params: {} }
    const replica = idOf(await operate(plane, '/api/restore_replicas/create', wanted))
    // Declared before it says what it can do: a gap, which closes by itself.
    expect(await worklist(plane, maria)).toEqual([])
    expect(await standing(plane)).toMatchObject([{ state: 'gap' }])
    await advertise(plane, maria, [VERIFY])
    const [entry, ...others] = await worklist(plane, maria)
    expect(others).toEqual([])
    expect(entry).toMatchObject({ replica_id: replica, snapshot_id: made.snapshotId, params: { scratch: 1024 } })
    expect(await standing(plane)).toMatchObject([{ state: 'never-reported' }])
    if (entry === undefined) throw new Error('there is nothing to do')

    // What it is given opens the repository, and restic restores it byte for byte.
    const run_id = randomUUID()
    const body = { group, type: 'files', run_id }
    const issued = issuedSchema.parse((await consume(plane, maria.identity, '/restore-credentials', { body })).body)
    expect(await standing(plane)).toMatchObject([{ state: 'in-progress', in_progress: { run_id } }])
    const { AccessKeyId: username, SecretAccessKey: serverPassword } = issued.credentials
    const own = { url: entry.repository_url ?? '', username, serverPassword, password: issued.repo_password }
    const repository = { ...made.repository, access: own, cacheDirectory: join(directory.path, 'cache') }
    const [pem, target] = [join(directory.path, 'plane.pem'), join(directory.path, 'restored')]
    writeFileSync(pem, plane.certificate)
    await runRestic(repository, ['--cacert', pem, '--no-lock', 'restore', entry.snapshot_id ?? '', '--target', target])
    expect(readFileSync(join(target, 'notes'), 'utf8')).toBe('kept')
    await report(plane, maria, entry, { run_id, health_details: { url: 'https://replica.example' } })
    expect(await standing(plane)).toMatchObject([
      { state: 'healthy', last_report: { healthy: true, snapshot_id: made.snapshotId } },
    ])
    // `once`: it is done until there is a newer snapshot, which a console may be the first to see.
    expect(await worklist(plane, maria)).toEqual([])
    const { snapshotId: newer } = await backUp(made.repository, made.source, ['--force'])
    const snapshot = { id: newer, time: new Date().toISOString(), hostname: 'x', tags: [], paths: ['/x'] }
    const observed = { server_group_id: group, repository_id: null, name: 'north', url: null, snapshots: [snapshot] }
    await operate(plane, '/api/fleet/groups/observe', { groups: [observed] })
    await expect.poll(() => worklist(plane, maria), { timeout: 20_000 }).toMatchObject([{ snapshot_id: newer }])

    // A failure stays on the list, with its reason; the bound passes; losing the intent is a gap and no incident.
    const [again] = await worklist(plane, maria)
    if (again === undefined) throw new Error('there is nothing to do')
    await report(plane, maria, again, {
      outcome: 'failure',
      replica_healthy: false,
      error: 'the database did not start',
    })
    expect(await standing(plane)).toMatchObject([
      { state: 'failing', last_report: { error: 'the database did not start' } },
    ])
    expect(await worklist(plane, maria)).toHaveLength(1)
    plane.pass(25 * HOUR)
    expect(await standing(plane)).toMatchObject([
      { state: 'failing', overdue: true, last_healthy: { snapshot_id: made.snapshotId } },
    ])
    await advertise(plane, maria, [])
    expect([(await standing(plane))[0]?.state, await worklist(plane, maria)]).toEqual(['gap', []])
    await advertise(plane, maria, [VERIFY])
    expect(await worklist(plane, maria)).toHaveLength(1)

    // Deleted, it may read no more, and what was reported stays.
    await operate(plane, '/api/restore_replicas/delete', { id: replica })
    expect((await consume(plane, maria.identity, '/restore-credentials', { body })).status).toBe(403)
    const { body: checks } = await operate(plane, '/api/restore_replicas/checks', { server_group_id: group })
    expect(checks).toMatchObject([
      { error: 'the database did not start' },
      { health_details: { url: 'https://replica.example' } },
    ])
  })
})
