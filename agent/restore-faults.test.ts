import { randomBytes, randomUUID } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { NewRestore, RestoreRequest } from '../contract/shapes/restore.ts'
import type { Run } from '../contract/shapes/run.ts'
import { doings } from '../test/in-place-world.ts'
import { leaveExclusiveLock } from '../test/leave-lock.ts'
import { mayMount, readOnly, smallDisk } from '../test/mount.ts'
import { noise } from '../test/noise.ts'
import { backUp, makeRepository, requireTool, restic, runRestic, writeFiles } from '../test/restic.ts'
import { temporaryDirectory } from '../test/temporary-directory.ts'
import { agentWorld } from './testing/agent-world.ts'
import { restoreOf } from './testing/restore-request.ts'

const LARGE = noise(1, 3 << 20)
const FILES = { 'etc/hosts': 'hosts\n', 'etc/motd': 'motd\n', 'srv/large': LARGE }

async function faultsWorld(directory: string) {
  // Two backups, so that what is large lies in a pack of its own.
  const { 'srv/large': large, ...small } = FILES
  const first = await makeRepository({ directory, files: small })
  await writeFiles(first.source, { 'srv/large': large })
  const made = { ...first, ...(await backUp(first.repository, first.source)) }
  const world = await agentWorld(directory, { resticCandidates: [restic().path] })
  const { url, password } = made.repository.access
  const access = { url, username: '', serverPassword: '', password }
  const { id: repositoryId } = await world.client.repository.add({ name: 'main', access })
  const from = { repositoryId, snapshotId: made.snapshotId }
  const { restore } = world.client
  const start = async (request: RestoreRequest): Promise<Run> => {
    const { hash: planHash } = await restore.plan({ request })
    return restore.start({ request, planHash, requestKey: randomUUID() })
  }
  const { ended } = doings(world)
  return {
    ...world,
    made,
    ended,
    request: (changes: Partial<NewRestore> = {}) => restoreOf(from, changes),
    start,
    restore: async (request: RestoreRequest) => ended((await start(request)).id),
    async ledger(runId: string): Promise<string[]> {
      const { items } = await world.client.run.ledger({ runId, action: null, text: '', offset: 0, limit: 999 })
      return items.path.map((path, at) => `${items.action[at]} ${path}`)
    },
  }
}

/** Files of a repository's folder that are larger than this many bytes. */
function packsOver(url: string, bytes: number): string[] {
  const names = readdirSync(join(url, 'data'), { recursive: true, encoding: 'utf8' })
  return names
    .map((name) => join(url, 'data', name))
    .filter((path) => statSync(path).isFile() && statSync(path).size > bytes)
}

requireTool('restic')('a restore that meets with something wrong', () => {
  test.skipIf(!mayMount())(
    'is refused where there is no room for it, and leaves nothing (needs leave to mount)',
    async () => {
      await using directory = temporaryDirectory()
      await using world = await faultsWorld(directory.path)
      await using disk = smallDisk(join(directory.path, 'disk'), 2)
      const request = world.request({ target: { kind: 'path', path: join(disk.path, 'here') } })
      const plan = await world.client.restore.plan({ request })
      expect(plan.free).toBeLessThan(plan.bytes)
      await expect(world.start(request)).rejects.toMatchObject({ code: 'no_space', data: { free: plan.free } })
      expect(await world.client.run.list({ limit: 9 })).toEqual([])
      expect(readdirSync(disk.path)).toEqual([])
      expect((await world.client.audit.list({ limit: 1 })).entries).toMatchObject([{ outcome: 'refused' }])
    },
  )

  test.skipIf(!mayMount())(
    'of which the disk fills up calls nothing restored that is not, and goes on when there is room (needs leave to mount)',
    async () => {
      await using directory = temporaryDirectory()
      await using world = await faultsWorld(directory.path)
      await using disk = smallDisk(join(directory.path, 'disk'), 6)
      const path = join(disk.path, 'here')
      const request = world.request({ target: { kind: 'path', path } })
      const { hash: planHash } = await world.client.restore.plan({ request })
      const started = await world.client.restore.start({ request, planHash, requestKey: randomUUID() })
      writeFileSync(join(disk.path, 'filler'), Buffer.alloc(4 << 20))
      const run = await world.ended(started.id)
      expect(['partial', 'failed']).toContain(run.state)
      expect(await world.ledger(run.id)).toContain('failed /srv/large')
      rmSync(join(disk.path, 'filler'))
      expect(await world.restore({ kind: 'resume', runId: run.id })).toMatchObject({ state: 'succeeded' })
      expect(readFileSync(join(path, 'srv/large')).equals(LARGE)).toBe(true)
    },
  )

  test.skipIf(!mayMount())('to where nobody can write fails and says so (needs leave to mount)', async () => {
    await using directory = temporaryDirectory()
    await using world = await faultsWorld(directory.path)
    mkdirSync(join(directory.path, 'folder'))
    await using disk = readOnly(join(directory.path, 'folder'), join(directory.path, 'read-only'))
    const run = await world.restore(world.request({ target: { kind: 'path', path: join(disk.path, 'here') } }))
    expect(run).toMatchObject({
      state: 'failed',
      fault: { code: 'conflict', data: { what: 'target_unusable' } },
      remark: 'Nothing was written.',
      counts: { restored: 0 },
    })
  })

  test('from a repository that another restic holds alone fails with its name, and goes on when it is free', async () => {
    await using directory = temporaryDirectory()
    await using world = await faultsWorld(directory.path)
    await leaveExclusiveLock(world.made.repository)
    const run = await world.restore(world.request())
    expect(run).toMatchObject({
      state: 'failed',
      fault: { code: 'repository_locked', data: { by: expect.stringContaining('@') } },
      counts: { restored: 0 },
    })
    await runRestic(world.made.repository, ['unlock'])
    expect(await world.restore({ kind: 'resume', runId: run.id })).toMatchObject({
      state: 'succeeded',
      subject: { follows: { kind: 'resume', runId: run.id } },
    })
  })

  test('of which a pack is missing restores the others, names what it could not, and later only that', async () => {
    await using directory = temporaryDirectory()
    await using world = await faultsWorld(directory.path)
    const [pack = ''] = packsOver(world.made.repository.access.url, 1 << 20)
    const aside = join(directory.path, 'pack')
    renameSync(pack, aside)
    const run = await world.restore(world.request())
    expect(run).toMatchObject({ state: 'partial' })
    expect(await world.ledger(run.id)).toEqual([
      'failed /srv/large',
      'restored /etc',
      'restored /etc/hosts',
      'restored /etc/motd',
      'restored /srv',
    ])
    expect(run.counts).toMatchObject({ failed: 1, restored: 4 })
    copyFileSync(aside, pack)
    const request = { kind: 'retry', runId: run.id } as const
    const plan = await world.client.restore.plan({ request })
    expect(plan.sources[0]?.selection.include).toEqual(['/srv/large'])
    const again = await world.restore(request)
    expect(again).toMatchObject({ state: 'succeeded', subject: { follows: request } })
    const { subject } = again
    expect(subject.kind === 'restore' && readFileSync(join(subject.targetPath, 'srv/large')).equals(LARGE)).toBe(true)
  })

  test('that is to end after its part ends there, and what the part restored is whole', async () => {
    await using directory = temporaryDirectory()
    await using world = await faultsWorld(directory.path)
    const { repository, source } = world.made
    // The first part takes long enough to be spoken to.
    writeFileSync(join(source, 'srv/huge'), randomBytes(192 * 2 ** 20))
    const earlier = await backUp(repository, source)
    writeFileSync(join(source, 'etc/motd'), 'motd of later\n')
    const { snapshotId } = await backUp(repository, source)
    await world.client.snapshot.list({ repositoryId: world.request().repositoryId })
    const request = world.request({
      sources: [
        { snapshotId: earlier.snapshotId, selection: { include: ['/srv'], exclude: [] } },
        { snapshotId, selection: { include: ['/etc'], exclude: [] } },
      ],
    })
    const started = await world.start(request)
    for await (const event of await world.client.run.follow({ runId: started.id })) {
      if (event.type === 'progress' && event.progress.part !== null) break
    }
    const told = await world.client.run.cancel({ runId: started.id, when: 'between' })
    expect(told.state).toBe('running')
    const run = await world.ended(started.id)
    expect(run.state).toBe('cancelled')
    expect(run.counts.restored).toBeGreaterThan(0)
    expect(run.counts.skipped).toBeGreaterThan(0)
    if (run.subject.kind !== 'restore') throw new Error('it is no restore')
    for (const row of await world.ledger(run.id)) {
      const [action, path = ''] = row.split(' ')
      expect([action, existsSync(join(run.subject.targetPath, path))]).toEqual(
        action === 'restored' ? ['restored', true] : ['skipped', false],
      )
    }
    const resumed = await world.restore({ kind: 'resume', runId: run.id })
    expect(resumed.state).toBe('succeeded')
    expect(readFileSync(join(run.subject.targetPath, 'etc/motd'), 'utf8')).toBe('motd of later\n')
    const { entries } = await world.client.audit.list({ limit: 3 })
    expect(entries.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'host.restore succeeded',
      'host.cancel done',
      'host.restore cancelled',
    ])
  })

  test('of the same path from two snapshots is refused with that path', async () => {
    await using directory = temporaryDirectory()
    await using world = await faultsWorld(directory.path)
    const { repository, source } = world.made
    const { snapshotId } = await backUp(repository, source)
    await world.client.snapshot.list({ repositoryId: world.request().repositoryId })
    const [one] = world.request().sources
    const two = { snapshotId, selection: { include: ['/etc/motd'], exclude: [] } }
    await expect(world.start(world.request({ sources: one === undefined ? [two] : [one, two] }))).rejects.toMatchObject(
      {
        code: 'conflict',
        data: { what: 'two_versions', detail: '/etc/motd' },
      },
    )
  })
})
