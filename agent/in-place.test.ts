import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { directoryState } from '../test/directory-state.ts'
import { hostState } from '../test/host-state.ts'
import { inPlaceWorld } from '../test/in-place-world.ts'
import { leaveExclusiveLock } from '../test/leave-lock.ts'
import { requireTool } from '../test/restic.ts'
import { temporaryDirectory } from '../test/temporary-directory.ts'

const IS_ROOT = process.geteuid?.() === 0

function fill(host: string): void {
  mkdirSync(join(host, 'etc', 'deep'), { recursive: true })
  mkdirSync(join(host, 'gone'))
  for (const name of ['etc/hosts', 'etc/motd', 'etc/deep/one', 'gone/a', 'gone/b']) {
    writeFileSync(join(host, name), `${name} of old\n`)
  }
  writeFileSync(Buffer.concat([Buffer.from(`${host}/etc/caf`), Buffer.of(0xe9)]), 'bytes\n')
  symlinkSync('hosts', join(host, 'etc', 'link'))
}

/** What happened to the host since: some things changed, went, or came. */
function change(host: string): void {
  writeFileSync(join(host, 'etc/hosts'), 'changed since, and longer\n')
  writeFileSync(join(host, 'etc/motd'), 'ETC/MOTD of old')
  chmodSync(join(host, 'etc/motd'), 0o600)
  if (IS_ROOT) chownSync(join(host, 'etc/motd'), 12, 34)
  chmodSync(join(host, 'etc/deep'), 0o711)
  rmSync(join(host, 'gone'), { recursive: true })
  rmSync(join(host, 'etc/link'))
  writeFileSync(join(host, 'etc/link'), 'was no link before\n')
  writeFileSync(join(host, 'etc/new'), 'came since\n')
  utimesSync(join(host, 'etc'), 1_700_000_000, 1_700_000_000.5)
}

requireTool('restic')('a restore in place', () => {
  test('does what its plan says, and going back from it gives back every byte, mode, owner and time', async () => {
    await using directory = temporaryDirectory()
    await using world = await inPlaceWorld(directory.path, fill)
    const { client, host } = world
    const old = hostState(host)
    change(host)
    const changed = hostState(host)
    const request = world.request({ deleteExtra: true, readBack: true })
    const plan = await client.restore.plan({ request })
    expect(plan).toMatchObject({ targetPath: '/', fresh: false })
    const run = await world.ended((await world.startInPlace(plan, request)).id)
    expect(run).toMatchObject({ state: 'succeeded', subject: { planHash: plan.hash, reason: 'a test wants it' } })
    expect(hostState(host).map(withoutFolderTime)).toEqual(old.map(withoutFolderTime))
    expect(run.counts).toMatchObject({
      restored: plan.totals.create.items,
      updated: plan.totals.update.items,
      deleted: plan.totals.delete.items,
      unchanged: plan.totals.unchanged.items,
      failed: 0,
    })
    if (run.subject.kind !== 'restore') throw new Error('it is no restore')
    const { safetySnapshot } = run.subject
    expect(safetySnapshot).toMatch(/^[0-9a-f]{64}$/)

    const back = await world.restoreInPlace({ kind: 'revert', runId: run.id })
    expect(back).toMatchObject({ state: 'succeeded', subject: { follows: { kind: 'revert', runId: run.id } } })
    expect(hostState(host)).toEqual(changed)
    const { entries, chainIntact } = await client.audit.list({ limit: 2 })
    expect(chainIntact).toBe(true)
    expect(entries).toMatchObject([
      { runId: back.id, outcome: 'succeeded', reason: 'a test wants it' },
      { runId: run.id, outcome: 'succeeded', planHash: plan.hash, proof: { counts: run.counts, safetySnapshot } },
    ])

    const forth = await world.restoreInPlace({ kind: 'revert', runId: back.id })
    expect(forth.state).toBe('succeeded')
    expect(hostState(host).map(withoutFolderTime)).toEqual(old.map(withoutFolderTime))
  })

  test('of what was only created is gone back from by deleting that, and nothing else', async () => {
    await using directory = temporaryDirectory()
    await using world = await inPlaceWorld(directory.path, fill)
    const { host } = world
    rmSync(join(host, 'gone'), { recursive: true })
    const request = world.request({ conflicts: 'never' })
    const run = await world.restoreInPlace(request)
    expect(run).toMatchObject({ state: 'succeeded', subject: { safetySnapshot: null } })
    expect(readdirSync(join(host, 'gone'))).toEqual(['a', 'b'])
    writeFileSync(join(host, 'gone/mine'), 'put there since\n')
    const back = await world.restoreInPlace({ kind: 'revert', runId: run.id })
    expect(readdirSync(join(host, 'gone'))).toEqual(['mine'])
    expect(readFileSync(join(host, 'etc/hosts'), 'utf8')).toBe('etc/hosts of old\n')
    expect(['succeeded', 'partial']).toContain(back.state)
  })

  // @security Restores: A restore over original files is refused when the host is not as its plan was made, and nothing is written.
  test('is refused when the host has moved on since, with the difference, and nothing is written', async () => {
    await using directory = temporaryDirectory()
    await using world = await inPlaceWorld(directory.path, fill)
    const { client, host } = world
    change(host)
    const request = world.request({ deleteExtra: true })
    const plan = await client.restore.plan({ request })
    expect((await client.restore.plan({ request })).hash).toBe(plan.hash)
    writeFileSync(join(host, 'etc/another'), 'came after the plan\n')
    rmSync(join(host, 'etc/new'))
    const before = directoryState(host)
    await expect(world.startInPlace(plan, request)).rejects.toMatchObject({
      code: 'plan_drifted',
      data: { added: 1, changed: expect.any(Number), removed: 1 },
    })
    expect(directoryState(host)).toEqual(before)
    expect(await client.run.list({ limit: 9 })).toEqual([])
    expect((await client.audit.list({ limit: 1 })).entries).toMatchObject([
      { outcome: 'refused', planHash: plan.hash, reason: 'a test wants it' },
    ])
  })

  // @security Restores: A restore over original files needs an admin who types the name of the host.
  test('must be confirmed with the name of the host, by somebody who may', async () => {
    await using directory = temporaryDirectory()
    await using world = await inPlaceWorld(directory.path, fill)
    const request = world.request()
    const plan = await world.client.restore.plan({ request })
    await expect(world.startInPlace(plan, request, { hostname: 'another' })).rejects.toMatchObject({
      code: 'conflict',
      data: { what: 'wrong_host_name', detail: hostname() },
    })
    const start = { request, planHash: plan.hash, requestKey: randomUUID() }
    await expect(world.client.restore.start(start)).rejects.toMatchObject({
      code: 'conflict',
      data: { what: 'confirmation_needed' },
    })
    const confirmation = { hostname: hostname(), reason: 'a test wants it', safetySnapshot: true }
    await expect(world.as('operator').restore.startInPlace({ ...start, confirmation })).rejects.toMatchObject({
      code: 'forbidden',
      data: { needs: 'admin' },
    })
    const staged = world.request({ target: { kind: 'staging' } })
    await expect(world.startInPlace(plan, staged)).rejects.toMatchObject({ code: 'invalid_input' })
    // A chosen folder is no way around it.
    const chosen = world.request({ target: { kind: 'path', path: world.host } })
    const { hash: planHash, fresh } = await world.client.restore.plan({ request: chosen })
    expect(fresh).toBe(false)
    const around = world.as('operator').restore.start({ request: chosen, planHash, requestKey: randomUUID() })
    await expect(around).rejects.toMatchObject({ code: 'forbidden', data: { needs: 'admin' } })
    expect(await world.client.run.list({ limit: 9 })).toEqual([])
  })

  // @security Restores: A restore that cannot first save what it would change writes nothing.
  test('that cannot save what it would change fails, and has written nothing', async () => {
    await using directory = temporaryDirectory()
    await using world = await inPlaceWorld(directory.path, fill)
    const { client, host } = world
    change(host)
    const request = world.request()
    const plan = await client.restore.plan({ request })
    const before = hostState(host)
    expect(plan.lockedBy).toBeNull()
    await leaveExclusiveLock(world.repository)
    expect((await client.restore.plan({ request })).lockedBy).toMatch(/ \(\d+\)$/)
    const run = await world.startInPlace(plan, request)
    expect(await world.ended(run.id)).toMatchObject({
      state: 'failed',
      fault: { code: 'repository_locked' },
      remark: expect.stringContaining('Nothing was written.'),
      subject: { safetySnapshot: 'wanted' },
      counts: { restored: 0, updated: 0, deleted: 0 },
    })
    expect(hostState(host)).toEqual(before)
    await expect(client.restore.plan({ request: { kind: 'revert', runId: run.id } })).rejects.toMatchObject({
      code: 'conflict',
      data: { what: 'no_way_back' },
    })
  })

  // @security Restores: A plan leaves no trace: not on the host, not in the repository.
  test('is planned without a trace: not on the host, not in the repository, not in what the agent keeps', async () => {
    await using directory = temporaryDirectory()
    await using world = await inPlaceWorld(directory.path, fill)
    const { client, host, repositoryId } = world
    change(host)
    await client.snapshot.list({ repositoryId })
    const before = directoryState(directory.path)
    for (const changes of [{ deleteExtra: true }, { conflicts: 'if-newer' }, { conflicts: 'keep-both' }] as const) {
      const { hash } = await client.restore.plan({ request: world.request(changes) })
      await client.restore.planItems({ hash, actions: null, text: 'etc', offset: 0, limit: 99 })
    }
    const path = join(host, 'etc')
    await client.restore.plan({ request: world.request({ target: { kind: 'path', path }, layout: 'selected-only' }) })
    await client.restore.plan({ request: world.request({ target: { kind: 'staging' } }) })
    expect(directoryState(directory.path)).toEqual(before)
  })
})

/** restic gives folders the time that the snapshot has; those above what is restored have another since. */
function withoutFolderTime(line: string): string {
  return line.replace(/^(\S+ 4\d{4}) [\d.]+/, '$1')
}
