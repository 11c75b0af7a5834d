import { chmodSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { keychainInMemory } from '../../../test/console-over-double.ts'
import { consoleWithPlane, ownConsumerThat, replicaThat } from '../../../test/console-with-plane.ts'
import { backUp, makeRepository, requireTool } from '../../../test/restic.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { twoWorkspaces } from '../../../test/two-workspaces.ts'

let open = new AsyncDisposableStack()
afterEach(async () => {
  await open.disposeAsync()
  open = new AsyncDisposableStack()
})

const directory = (): string => {
  const { path } = open.use(temporaryDirectory())
  chmodSync(path, 0o755)
  return path
}

requireTool('restic')('the consumer that the console carries', () => {
  it('is switched on, proves a backup from waiting to healthy, gives the space back, and goes on after a restart', async () => {
    const path = directory()
    const keychain = keychainInMemory()
    const made = await makeRepository({ directory: path, files: { 'notes.txt': 'kept\n' } })
    const first = await consoleWithPlane(path, keychain)
    const { client, plane } = first
    await client.consumers.setOwn({ on: true })
    const own = await ownConsumerThat(client, ({ state }) => state === 'working')
    expect(own).toMatchObject({ planeId: plane.id, consumerId: expect.any(String), scratchBytes: 0, replicas: [] })
    const group = await client.planes.connectGroup({
      planeId: plane.id,
      groupId: null,
      name: 'notes',
      access: { url: made.repository.access.url, repo_password: made.repository.access.password },
      typeRules: [],
    })
    const declaration = {
      consumerId: own.consumerId ?? '',
      groupId: group.id,
      machineId: null,
      type: 'files',
      intent: 'verify',
      name: 'notes-verify',
      overdueAfter: '1d',
      params: {},
      redacts: false,
      publishesSchemas: false,
      migratesOnRequest: false,
      enabled: true,
    }
    await client.replicas.declare({ planeId: plane.id, declaration })
    const healthy = await replicaThat(client, 'notes-verify', ({ state }) => state === 'healthy')
    expect(healthy.standings[0]).toMatchObject({ lastHealthy: { snapshotId: made.snapshotId } })
    const proven = await ownConsumerThat(
      client,
      ({ replicas, scratchBytes, untold }) =>
        scratchBytes === 0 && untold === 0 && replicas.some(({ verifiedSnapshotId }) => verifiedSnapshotId !== null),
    )
    expect(readdirSync(proven.scratch ?? '')).toEqual([])
    await first[Symbol.asyncDispose]()

    const again = open.use(await consoleWithPlane(path, keychain))
    const back = await ownConsumerThat(again.client, ({ state }) => state === 'working')
    expect(back.consumerId).toBe(own.consumerId)
    // Broken from now on: the packs of the next backup are cut.
    const before = new Set(readdirSync(join(path, 'repository/data'), { recursive: true }).map(String))
    writeFileSync(join(made.source, 'more.txt'), 'more\n'.repeat(1000))
    const { snapshotId } = await backUp(made.repository, made.source, ['--force'])
    for (const name of readdirSync(join(path, 'repository/data'), { recursive: true }).map(String)) {
      const pack = join(path, 'repository/data', name)
      if (before.has(name) || name.length < 60) continue
      chmodSync(pack, 0o600)
      writeFileSync(pack, 'nothing of it is left')
    }
    await again.client.planes.connectGroup({
      planeId: plane.id,
      groupId: group.id,
      name: 'notes',
      access: { url: made.repository.access.url, repo_password: made.repository.access.password },
      typeRules: [],
    })
    const failing = await replicaThat(again.client, 'notes-verify', ({ state }) => state === 'failing')
    expect(failing.standings[0]?.lastReport).toMatchObject({
      snapshotId,
      healthy: false,
      error: expect.stringMatching(/\S/),
    })
    await again.client.consumers.setOwn({ on: false })
    await ownConsumerThat(again.client, ({ state }) => state === 'off')
  }, 180_000)

  it('needs the embedded plane, is audited, and is verified by hand only where it works', async () => {
    const here = open.use(await consoleWithPlane(directory()))
    const { client } = here
    await expect(client.consumers.verifyNow({ key: 'none' })).rejects.toMatchObject({
      data: { what: 'own_consumer_off' },
    })
    await client.planes.setEmbedded({ on: false, consumerPort: null })
    await expect(client.consumers.setOwn({ on: true })).rejects.toMatchObject({ data: { what: 'embedded_plane_off' } })
    const entries = await client.audit.recent({ hostId: null, limit: 1 })
    expect(entries[0]).toMatchObject({ action: 'consumer.own', outcome: 'refused' })
  })

  it('is another one in each workspace', async () => {
    const { own, foreign } = open.use(await twoWorkspaces(directory()))
    const of = await ownConsumerThat(own.client, () => true)
    const others = await ownConsumerThat(foreign.client, () => true)
    expect(of.planeId).not.toBe(others.planeId)
  })
})
