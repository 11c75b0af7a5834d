import { createSecretKey, randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { z } from 'zod'
import type { connectGroupSchema, GroupAccess, TypeRule } from '../../contract/control-plane/fleet.ts'
import { startRestServer } from '../../test/rest-server.ts'
import { backUp, type MadeRepository, makeRepository, requireTool, runRestic } from '../../test/restic.ts'
import { TEMPLATE_PASSWORD } from '../../test/template-copy.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { openStore } from '../store/index.ts'
import { GroupAccesses } from './group-accesses.ts'
import { PlaneRepositories } from './plane-repositories.ts'

type ConnectGroup = z.infer<typeof connectGroupSchema>

const KEY = createSecretKey(Buffer.alloc(32, 7))
const RULES: TypeRule[] = [{ by: 'tag', tag: 'db', type: 'tamanu-postgres' }]

async function world() {
  await using building = new AsyncDisposableStack()
  const { path } = building.use(temporaryDirectory())
  const made = await makeRepository({ directory: path })
  const time = { now: new Date('2026-01-01T00:00:00.000Z') }
  const store = building.use(openStore(join(path, 'plane.db')))
  const opened: PlaneRepositories[] = []
  const open = (key = KEY) => {
    const accesses = new GroupAccesses(store, key)
    const errors: unknown[] = []
    const repositories = new PlaneRepositories({
      store,
      accesses,
      cacheDirectory: join(path, 'no-cache'),
      now: () => time.now,
      newId: randomUUID,
      log: (_, error) => errors.push(error),
    })
    opened.push(repositories)
    return { repositories, accesses, errors }
  }
  const first = open()
  const recorded: string[] = []
  const resources = building.move()
  return {
    path,
    made,
    time,
    store,
    open,
    ...first,
    recorded,
    connect: (request: ConnectGroup) => first.repositories.connect(request, (group) => recorded.push(group.name)),
    disconnect: (id: string) => first.repositories.disconnect(id, (group) => recorded.push(group.status)),
    async [Symbol.asyncDispose]() {
      for (const repositories of opened) await repositories[Symbol.asyncDispose]()
      await resources.disposeAsync()
    },
  }
}

function accessTo({ repository }: MadeRepository, more: Partial<GroupAccess> = {}): GroupAccess {
  return { url: repository.access.url, repo_password: TEMPLATE_PASSWORD, ...more }
}
const wanted = (name: string, access: GroupAccess, type_rules: TypeRule[] = []) => ({ name, access, type_rules })

async function backUpAs({ repository, source }: MadeRepository, host: string, ...more: string[]): Promise<string> {
  return (await backUp(repository, source, ['--force', '--host', host, ...more])).snapshotId
}

requireTool('restic')('the repositories of groups', () => {
  it('become ready when they are connected, with their machines and the latest snapshot of each type', async () => {
    await using plane = await world()
    const older = await backUpAs(plane.made, 'alpha', '--tag', 'db', '--time', '2025-01-01 01:00:00')
    const newer = await backUpAs(plane.made, 'alpha', '--tag', 'db', '--time', '2025-02-01 01:00:00')
    const said = await backUpAs(plane.made, 'beta', '--tag', 'type=mail')
    const group = await plane.connect(wanted('north', accessTo(plane.made), RULES))
    expect(group).toMatchObject({
      name: 'north',
      status: 'ready',
      reason: null,
      storage: 'rest',
      url: plane.made.repository.access.url,
    })
    const config: unknown = JSON.parse(await runRestic(plane.made.repository, ['cat', 'config']))
    expect(config).toMatchObject({ id: group.repositoryId })
    const [alpha, beta] = plane.store.machines.ofGroup(group.id)
    expect([alpha?.name, beta?.name]).toEqual(['alpha', 'beta'])
    const backups = plane.store.machines.backupsOf(group.id)
    expect(backups).toContainEqual(
      expect.objectContaining({
        machineId: alpha?.id,
        type: 'tamanu-postgres',
        snapshotId: newer,
        reportedAt: '2026-01-01T00:00:00.000Z',
      }),
    )
    expect(backups).toContainEqual(expect.objectContaining({ machineId: beta?.id, type: 'mail', snapshotId: said }))
    expect(backups.map(({ snapshotId }) => snapshotId)).not.toContain(older)
  })

  it('are looked at again: a new snapshot is there, and a machine that has none left is archived until it has one', async () => {
    await using plane = await world()
    await backUpAs(plane.made, 'alpha')
    const gone = await backUpAs(plane.made, 'beta')
    const { id } = await plane.connect(wanted('north', accessTo(plane.made)))
    const archived = () =>
      plane.store.machines
        .ofGroup(id)
        .filter((one) => one.archivedAt !== null)
        .map((one) => one.name)
    plane.time.now = new Date('2026-01-02T00:00:00.000Z')
    await runRestic(plane.made.repository, ['forget', gone])
    const newest = await backUpAs(plane.made, 'alpha')
    await plane.repositories.refresh()
    expect(archived()).toEqual(['beta'])
    expect(plane.store.machines.backupsOf(id)).toContainEqual(
      expect.objectContaining({ snapshotId: newest, reportedAt: '2026-01-02T00:00:00.000Z' }),
    )
    await backUpAs(plane.made, 'beta')
    await plane.repositories.refresh()
    expect(archived()).toEqual([])
  })

  it('are refused with the reason where they cannot be read, and nothing is kept', async () => {
    await using plane = await world()
    const connect = (access: GroupAccess) => plane.connect(wanted('north', access))
    const refused = (title: RegExp | string) =>
      expect.objectContaining({ slug: 'bad-request', message: expect.stringMatching(title) })
    await expect(connect(accessTo(plane.made, { repo_password: 'wrong' }))).rejects.toEqual(
      refused('password does not open'),
    )
    await expect(connect(accessTo(plane.made, { url: join(plane.path, 'nothing') }))).rejects.toEqual(
      refused('no repository'),
    )
    await expect(connect(accessTo(plane.made, { url: 'rest:http://127.0.0.1:1/x/' }))).rejects.toEqual(
      refused('cannot be reached'),
    )
    await expect(connect(accessTo(plane.made, { url: 'sftp:olivia@host:/srv' }))).rejects.toEqual(
      refused('A control plane reads'),
    )
    await expect(connect(accessTo(plane.made, { url: 'somewhere' }))).rejects.toEqual(refused('full path'))
    expect(plane.store.groups.list()).toEqual([])
  })

  it('are one group each, under one name', async () => {
    await using plane = await world()
    await using elsewhere = temporaryDirectory()
    const other = await makeRepository({ directory: elsewhere.path })
    await plane.connect(wanted('north', accessTo(plane.made)))
    const conflict = (title: string) =>
      expect.objectContaining({ slug: 'conflict', message: expect.stringContaining(title) })
    await expect(plane.connect(wanted('south', accessTo(plane.made)))).rejects.toEqual(conflict('"north" already'))
    // Copies of the template are one repository to restic: what is made anew has an id of its own.
    rmSync(other.repository.access.url, { recursive: true })
    await runRestic(other.repository, ['init'])
    await expect(plane.connect(wanted('North', accessTo(other)))).rejects.toEqual(conflict('"north" already'))
    await expect(
      plane.connect({ ...wanted('south', accessTo(other)), server_group_id: randomUUID() }),
    ).rejects.toMatchObject({ slug: 'resource-not-found' })
  })

  // @security Control plane and consumers: What a control plane reads repositories with is sealed, and another key does not open it.
  it('keep what they are read with sealed: it is not in the files, and another key does not open it', async () => {
    await using plane = await world()
    const { id } = await plane.connect(wanted('north', accessTo(plane.made)))
    plane.store.connections.flush()
    for (const file of ['plane.db', 'plane.db-wal']) {
      expect(readFileSync(join(plane.path, file)).includes(TEMPLATE_PASSWORD), file).toBe(false)
    }
    expect([...plane.accesses.texts()]).toEqual([])
    expect(plane.accesses.get(id)?.repo_password).toBe(TEMPLATE_PASSWORD)
    expect([...plane.accesses.texts()]).toEqual([TEMPLATE_PASSWORD])
    const stranger = plane.open(createSecretKey(Buffer.alloc(32, 8)))
    await stranger.repositories.refresh()
    expect(plane.store.groups.get(id)).toMatchObject({
      status: 'provisioning',
      reason: expect.stringContaining('another key'),
    })
  })

  it('stay ready while their server is away for a moment, and say so', async () => {
    await using plane = await world()
    await using server = await startRestServer({ directory: join(plane.path, 'server') })
    const made = await makeRepository({
      directory: join(plane.path, 'remote'),
      access: { url: `rest:${server.url}north/` },
    })
    const { id } = await plane.connect(wanted('north', accessTo(made)))
    await server[Symbol.asyncDispose]()
    await plane.repositories.refresh()
    expect(plane.store.groups.get(id)).toMatchObject({
      status: 'ready',
      reason: expect.stringContaining('cannot be reached'),
    })
    expect(plane.errors).toHaveLength(1)
  })

  it('are not dispatched any more once another repository is in their place', async () => {
    await using plane = await world()
    const { id } = await plane.connect(wanted('north', accessTo(plane.made)))
    rmSync(plane.made.repository.access.url, { recursive: true })
    await runRestic(plane.made.repository, ['init'])
    await backUpAs(plane.made, 'alpha')
    await plane.repositories.refresh()
    expect(plane.store.groups.get(id)).toMatchObject({
      status: 'provisioning',
      reason: expect.stringContaining('Another repository'),
    })
    expect(plane.repositories.backend(id)).toBeUndefined()
  })

  it('are forgotten how to read when they are disconnected, and can be connected again', async () => {
    await using plane = await world()
    const { id } = await plane.connect(wanted('north', accessTo(plane.made)))
    expect(plane.repositories.backend(id)).toBeDefined()
    expect(await plane.disconnect(id)).toMatchObject({ id, status: 'provisioning' })
    expect([plane.repositories.backend(id), plane.accesses.get(id), plane.store.groups.access(id)]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    const again = await plane.connect({ ...wanted('north', accessTo(plane.made)), server_group_id: id })
    expect(again).toMatchObject({ id, status: 'ready', reason: null })
    await expect(plane.disconnect(randomUUID())).rejects.toMatchObject({ slug: 'resource-not-found' })
  })

  it('that a console saw are there and not ready, until somebody connects them; then the plane looks itself', async () => {
    await using plane = await world()
    const config = JSON.parse(await runRestic(plane.made.repository, ['cat', 'config'])) as { readonly id: string }
    const snapshot = {
      id: 'a'.repeat(64),
      time: '2025-03-01T02:00:00+02:00',
      hostname: 'alpha',
      tags: [],
      paths: ['/home'],
    }
    const seen = {
      repository_id: config.id,
      name: 'Backups',
      url: 'rest:https://olivia:secret@host/x/',
      snapshots: [snapshot],
    }
    const [group] = await plane.repositories.observe([seen])
    expect(group).toMatchObject({
      name: 'Backups',
      status: 'provisioning',
      reason: null,
      url: 'rest:https://host/x/',
      repositoryId: config.id,
    })
    const id = group?.id ?? ''
    expect(plane.store.machines.backupsOf(id)).toMatchObject([
      { type: 'files', snapshotId: snapshot.id, takenAt: '2025-03-01T00:00:00.000Z' },
    ])
    const [again, other] = await plane.repositories.observe([seen, { ...seen, repository_id: 'b'.repeat(64) }])
    expect([again?.id, other?.name]).toEqual([id, 'Backups 2'])

    await plane.connect({ ...wanted('north', accessTo(plane.made)), server_group_id: id })
    const own = plane.store.machines.backupsOf(id).map((one) => one.snapshotId)
    expect(own).toEqual([plane.made.snapshotId])
    await plane.repositories.observe([seen])
    expect(plane.store.machines.backupsOf(id).map((one) => one.snapshotId)).toEqual(own)
    const told = { ...seen, repository_id: null, url: null, server_group_id: id }
    expect((await plane.repositories.observe([told])).map((one) => one.id)).toEqual([id])
  })

  it('that a console saw by its address alone is one group under any name, and has its id once somebody knows it', async () => {
    await using plane = await world()
    const seen = { repository_id: null, name: 'Backups', url: 'rest:https://host/x/', snapshots: [] }
    await plane.repositories.observe([{ ...seen, url: 'rest:https://host/other/' }])
    const [first] = await plane.repositories.observe([seen])
    const [second] = await plane.repositories.observe([{ ...seen, name: 'Renamed' }])
    const [third] = await plane.repositories.observe([{ ...seen, repository_id: 'c'.repeat(64) }])
    expect(first?.name).toBe('Backups 2')
    expect([second?.id, third?.id]).toEqual([first?.id, first?.id])
    expect(third?.repositoryId).toBe('c'.repeat(64))
    const [another] = await plane.repositories.observe([{ ...seen, repository_id: 'd'.repeat(64) }])
    expect(another?.id).not.toBe(first?.id)
    expect(plane.store.groups.list()).toHaveLength(3)
  })

  it('are kept in one with the record of it, or not at all', async () => {
    await using plane = await world()
    const { id } = await plane.connect(wanted('north', accessTo(plane.made)))
    const failing = (): never => {
      throw new Error('the record could not be written')
    }
    await expect(plane.repositories.disconnect(id, failing)).rejects.toThrow('could not be written')
    expect(plane.store.groups.get(id)?.status).toBe('ready')
    expect(plane.accesses.get(id)?.repo_password).toBe(TEMPLATE_PASSWORD)
    await plane.disconnect(id)
    const again = { ...wanted('south', accessTo(plane.made)), server_group_id: id }
    await expect(plane.repositories.connect(again, failing)).rejects.toThrow('could not be written')
    expect(plane.store.groups.get(id)).toMatchObject({ name: 'north', status: 'provisioning' })
    expect([plane.accesses.get(id), plane.repositories.backend(id)]).toEqual([undefined, undefined])
    expect(plane.recorded).toEqual(['north', 'provisioning'])
  })

  it('are looked at when a console saw a snapshot there that the plane has not', async () => {
    await using plane = await world()
    const { id, repositoryId } = await plane.connect(wanted('north', accessTo(plane.made)))
    const fresh = await backUpAs(plane.made, 'gamma')
    const snapshot = { id: fresh, time: '2026-05-01T00:00:00Z', hostname: 'gamma', tags: [], paths: ['/home'] }
    await plane.repositories.observe([{ repository_id: repositoryId, name: 'north', url: null, snapshots: [snapshot] }])
    await expect
      .poll(() => plane.store.machines.backupsOf(id).map((one) => one.snapshotId), { timeout: 20_000 })
      .toContain(fresh)
  })
})
