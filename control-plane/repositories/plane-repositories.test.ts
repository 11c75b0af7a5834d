import { createSecretKey, randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import type { GroupAccess, TypeRule } from '../../contract/control-plane/fleet.ts'
import { accessTo, backUpAs, repositoriesWorld, wanted } from '../../test/repositories-world.ts'
import { startRestServer } from '../../test/rest-server.ts'
import { makeRepository, requireTool, runRestic } from '../../test/restic.ts'
import { TEMPLATE_PASSWORD } from '../../test/template-copy.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'

const RULES: TypeRule[] = [{ by: 'tag', tag: 'db', type: 'tamanu-postgres' }]

requireTool('restic')('the repositories of groups', () => {
  it('become ready when they are connected, with their machines and the latest snapshot of each type', async () => {
    await using plane = await repositoriesWorld()
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
    await using plane = await repositoriesWorld()
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
    await using plane = await repositoriesWorld()
    const connect = (access: GroupAccess) => plane.connect(wanted('north', access))
    const refused = (title: RegExp | string) =>
      expect.objectContaining({ slug: 'bad-request', message: expect.stringMatching(title) })
    await expect(connect(accessTo(plane.made, { repo_password: 'wrong' }))).rejects.toEqual(
      refused('password does not open'),
    )
    await expect(connect(accessTo(plane.made, { repo_password: 'wrong' }))).rejects.toMatchObject({
      members: { issues: [{ path: ['access'], code: 'group_password' }] },
    })
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
    await using plane = await repositoriesWorld()
    await using elsewhere = temporaryDirectory()
    const other = await makeRepository({ directory: elsewhere.path })
    await plane.connect(wanted('north', accessTo(plane.made)))
    const conflict = (title: string) =>
      expect.objectContaining({ slug: 'conflict', message: expect.stringContaining(title) })
    await expect(plane.connect(wanted('south', accessTo(plane.made)))).rejects.toEqual(conflict('“north” already'))
    // Copies of the template are one repository to restic: what is made anew has an id of its own.
    rmSync(other.repository.access.url, { recursive: true })
    await runRestic(other.repository, ['init'])
    await expect(plane.connect(wanted('North', accessTo(other)))).rejects.toEqual(conflict('“north” already'))
    await expect(
      plane.connect({ ...wanted('south', accessTo(other)), server_group_id: randomUUID() }),
    ).rejects.toMatchObject({ slug: 'resource-not-found' })
  })

  // @security Control plane and consumers: What a control plane reads repositories with is sealed, and another key does not open it.
  it('keep what they are read with sealed: it is not in the files, and another key does not open it', async () => {
    await using plane = await repositoriesWorld()
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
    await using plane = await repositoriesWorld()
    await using server = await startRestServer({ directory: join(plane.path, 'server') })
    const made = await makeRepository({
      directory: join(plane.path, 'remote'),
      access: { url: `rest:${server.url}north/` },
    })
    const { id } = await plane.connect(wanted('north', accessTo(made)))
    await server[Symbol.asyncDispose]()
    await plane.repositories.refresh()
    await plane.repositories.refresh()
    expect(plane.store.groups.get(id)).toMatchObject({
      status: 'ready',
      reason: expect.stringContaining('cannot be reached'),
    })
    expect(plane.errors).toHaveLength(1)
  })

  it('are not dispatched any more once another repository is in their place', async () => {
    await using plane = await repositoriesWorld()
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
    await using plane = await repositoriesWorld()
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

  it('are kept without what stood in their address, which is a secret from then on', async () => {
    await using plane = await repositoriesWorld()
    await using server = await startRestServer({
      directory: join(plane.path, 'server'),
      users: { olga: 'pass word' },
    })
    const access = { url: `rest:${server.url}north/`, username: 'olga', serverPassword: 'pass word' }
    const made = await makeRepository({ directory: join(plane.path, 'remote'), access })
    const url = made.repository.access.url.replace('http://', 'http://olga:pass%20word@')
    const group = await plane.connect(wanted('north', { url, repo_password: TEMPLATE_PASSWORD }))
    expect(group.url).toBe(`rest:${server.url}north`)
    expect(plane.accesses.get(group.id)).toMatchObject({
      url: group.url,
      username: 'olga',
      server_password: 'pass word',
    })
    expect([...plane.accesses.texts()]).toContain('pass word')
    expect(plane.repositories.backend(group.id)).toBeDefined()
  })

  it('are kept in one with the record of it, or not at all', async () => {
    await using plane = await repositoriesWorld()
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

  it('are looked at again after a look of which nothing could be written', async () => {
    await using plane = await repositoriesWorld()
    const { id } = await plane.connect(wanted('north', accessTo(plane.made)))
    const full = vi.spyOn(plane.store.groups, 'put').mockImplementation(() => {
      throw new Error('database or disk is full')
    })
    plane.repositories.look(id)
    await plane.repositories.refresh()
    expect(plane.errors).toContainEqual(new Error('database or disk is full'))
    full.mockRestore()
    const newest = await backUpAs(plane.made, 'alpha')
    await plane.repositories.refresh()
    expect(plane.store.machines.backupsOf(id)).toContainEqual(expect.objectContaining({ snapshotId: newest }))
  })
})
