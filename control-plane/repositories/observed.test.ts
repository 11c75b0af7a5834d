import { expect, it } from 'vitest'
import { accessTo, backUpAs, repositoriesWorld, wanted } from '../../test/repositories-world.ts'
import { requireTool, runRestic } from '../../test/restic.ts'

requireTool('restic')('the repositories of groups', () => {
  it('that a console saw are there and not ready, until somebody connects them; then the plane looks itself', async () => {
    await using plane = await repositoriesWorld()
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
    await using plane = await repositoriesWorld()
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

  it('are looked at when a console saw a snapshot there that the plane has not', async () => {
    await using plane = await repositoriesWorld()
    const { id, repositoryId } = await plane.connect(wanted('north', accessTo(plane.made)))
    const fresh = await backUpAs(plane.made, 'gamma')
    const snapshot = { id: fresh, time: '2026-05-01T00:00:00Z', hostname: 'gamma', tags: [], paths: ['/home'] }
    await plane.repositories.observe([{ repository_id: repositoryId, name: 'north', url: null, snapshots: [snapshot] }])
    await expect
      .poll(() => plane.store.machines.backupsOf(id).map((one) => one.snapshotId), { timeout: 20_000 })
      .toContain(fresh)
  })
})
