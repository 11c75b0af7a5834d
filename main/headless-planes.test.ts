import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { planeThat } from '../test/console-with-plane.ts'
import { headlessConsole } from '../test/headless-console.ts'
import { backUp, makeRepository, requireTool } from '../test/restic.ts'
import { temporaryDirectory } from '../test/temporary-directory.ts'

requireTool('restic')('the headless console, with its own control plane', () => {
  test('is told what the hosts see, and stays with the group that somebody lets it read', async () => {
    await using directory = temporaryDirectory()
    const { repository, source } = await makeRepository({ directory: join(directory.path, 'made') })
    const { password, url } = repository.access
    await using console = await headlessConsole(directory.path)
    const { client, hostId } = console
    const access = { url, username: '', serverPassword: '', password }
    const { id: repositoryId } = await client.repositories.add({ hostId, name: 'made', access })

    await client.planes.setEmbedded({ on: true, consumerPort: null })
    const { id: planeId } = await planeThat(client, ({ connection }) => connection.state === 'connected')
    const groups = async () => await client.planes.groups({ planeId })
    await expect.poll(async () => (await groups()).length, { timeout: 20_000 }).toBe(1)
    const [seen] = await groups()
    expect(seen).toMatchObject({
      name: 'made',
      status: 'provisioning',
      url: null,
      machines: [{ name: hostname(), hostId, backups: [{ type: 'files' }] }],
    })

    await backUp(repository, source, ['--force', '--host', 'db-01', '--tag', 'type=tamanu-postgres'])
    await client.snapshots.list({ hostId, repositoryId })
    await expect
      .poll(async () => (await groups())[0]?.machines.map(({ name }) => name), { timeout: 20_000 })
      .toEqual(expect.arrayContaining([hostname(), 'db-01']))

    const groupId = seen?.id ?? ''
    const connected = await client.planes.connectGroup({
      planeId,
      groupId,
      name: 'north',
      access: { url, repo_password: password },
      typeRules: [],
    })
    expect(connected).toMatchObject({ id: groupId, name: 'north', status: 'ready', url })
    await backUp(repository, source, ['--force', '--host', 'db-02'])
    await client.snapshots.list({ hostId, repositoryId })
    await expect
      .poll(async () => (await groups())[0]?.machines.map(({ name }) => name), { timeout: 20_000 })
      .toContain('db-02')
    expect(await groups()).toMatchObject([{ id: groupId, name: 'north', status: 'ready' }])

    // A backup that this console runs: its end is enough, and nobody has to ask for the list.
    const ofThisHost = async () => (await groups())[0]?.machines.find(({ name }) => name === hostname())?.backups
    const before = await ofThisHost()
    const backup = { paths: [source], exclude: [] }
    await client.repositories.setBackup({ hostId, repositoryId, backup })
    await client.repositories.backUp({ hostId, repositoryId, requestKey: randomUUID() })
    const newer = [{ type: 'files', snapshotId: expect.not.stringMatching(before?.[0]?.snapshotId ?? '') }]
    await expect.poll(ofThisHost, { timeout: 20_000 }).toMatchObject(newer)
    expect(await console.end('SIGTERM')).toBe(0)
  })
})
