import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import type { ResticRepository } from '../../engine/restic/repository.ts'
import {
  connectGroup,
  type Consumer,
  type ControlPlane,
  consume,
  declare,
  enrol,
  operate,
  startControlPlane,
} from '../../test/control-plane.ts'
import { directoryState } from '../../test/directory-state.ts'
import { leaveExclusiveLock } from '../../test/leave-lock.ts'
import { noise } from '../../test/noise.ts'
import { startRestServer } from '../../test/rest-server.ts'
import { type MadeRepository, makeRepository, requireTool, runRestic } from '../../test/restic.ts'
import { TEMPLATE_PASSWORD } from '../../test/template-copy.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'

const HOUR = 3_600_000
const issuedSchema = z.object({
  credentials: z.object({ AccessKeyId: z.string(), SecretAccessKey: z.string(), Expiration: z.string() }),
  repo_password: z.string(),
})

/** A plane with one group, and a consumer that a declaration lets read it. */
async function world(files: Record<string, Uint8Array> = { small: Buffer.from('kept') }) {
  await using building = new AsyncDisposableStack()
  const { path } = building.use(temporaryDirectory())
  const made = await makeRepository({ directory: join(path, 'made'), files })
  const plane = building.use(await startControlPlane())
  const group = await connectGroup(plane, 'north', {
    url: made.repository.access.url,
    repo_password: TEMPLATE_PASSWORD,
  })
  const consumer = await enrol(plane, 'maria')
  const replica = await declare(plane, { consumer, group })
  writeFileSync(join(path, 'plane.pem'), plane.certificate)
  const resources = building.move()
  return { path, made, plane, group, consumer, replica, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

async function credentials(plane: ControlPlane, consumer: Consumer, group: string, type = 'files') {
  const { status, body } = await consume(plane, consumer.identity, '/restore-credentials', { body: { group, type } })
  expect(status, JSON.stringify(body)).toBe(200)
  const issued = issuedSchema.parse(body)
  const { AccessKeyId: username, SecretAccessKey: serverPassword } = issued.credentials
  return { username, serverPassword, password: issued.repo_password }
}

/** The repository as a consumer comes to it, with what it was given. */
function through(
  { plane, path, made }: Awaited<ReturnType<typeof world>>,
  group: string,
  given: Awaited<ReturnType<typeof credentials>>,
): { readonly repository: ResticRepository; readonly trusted: readonly string[] } {
  const url = `rest:${plane.consumerUrl}/repositories/${group}/`
  const repository = { ...made.repository, access: { url, ...given }, cacheDirectory: join(path, 'cache-of-consumer') }
  return { repository, trusted: ['--cacert', join(path, 'plane.pem')] }
}

function statusOf(
  plane: ControlPlane,
  path: string,
  given: { readonly username: string; readonly serverPassword: string } | null,
  method = 'GET',
) {
  const basic = given === null ? '' : Buffer.from(`${given.username}:${given.serverPassword}`).toString('base64')
  const headers: Record<string, string> = given === null ? {} : { authorization: `Basic ${basic}` }
  return consume(plane, null, path, { method, headers }).then(({ status }) => status)
}

const folderOf = (made: MadeRepository): string[] => directoryState(made.repository.access.url)

requireTool('restic')('the repository gateway', () => {
  it('lets restic check and restore a repository over TLS, byte for byte, and leaves no trace in it', async () => {
    const files = { large: noise(3, 30 * 2 ** 20), small: Buffer.from('kept') }
    await using here = await world(files)
    const { plane, made, group, consumer } = here
    const before = folderOf(made)
    const { repository, trusted } = through(here, group, await credentials(plane, consumer, group))
    expect(await runRestic(repository, [...trusted, '--no-lock', 'check', '--read-data'])).toContain(
      'no errors were found',
    )
    const target = join(here.path, 'restored')
    await runRestic(repository, [...trusted, '--no-lock', 'restore', made.snapshotId, '--target', target])
    for (const [name, content] of Object.entries(files)) {
      expect(readFileSync(join(target, name)).equals(content), name).toBe(true)
    }
    expect(folderOf(made)).toEqual(before)
  })

  it('is where the worklist says that it is', async () => {
    await using here = await world()
    const { plane, made, group, consumer } = here
    await consume(plane, consumer.identity, '/restore-capabilities', { body: { intents: [{ intent: 'verify' }] } })
    const { body } = await consume(plane, consumer.identity, '/restore-worklist')
    expect(body).toMatchObject([{ group_id: group, snapshot_id: made.snapshotId, storage: 'rest', type: 'files' }])
    const [entry] = z.array(z.object({ repository_url: z.string() })).parse(body)
    const given = await credentials(plane, consumer, group)
    const access = { url: entry?.repository_url ?? '', ...given }
    const repository = { ...made.repository, access, cacheDirectory: join(here.path, 'cache-of-consumer') }
    const listed = ['--cacert', join(here.path, 'plane.pem'), '--no-lock', 'ls', made.snapshotId]
    expect(await runRestic(repository, listed)).toContain('/small')
  })

  // @security Control plane and consumers: The gateway to repositories refuses everything that would write: backup, forget, prune, init, keys and locks.
  it('refuses all that would write: backup, forget, prune, init, another key, a lock', async () => {
    await using here = await world()
    const { plane, made, group, consumer } = here
    const before = folderOf(made)
    const { repository, trusted } = through(here, group, await credentials(plane, consumer, group))
    writeFileSync(join(here.path, 'new-password'), 'another')
    const writing: readonly (readonly string[])[] = [
      ['backup', made.source],
      ['backup', '--no-lock', '--force', made.source],
      ['forget', made.snapshotId],
      ['prune'],
      ['init'],
      ['key', 'add', '--new-password-file', join(here.path, 'new-password')],
      ['key', 'add', '--no-lock', '--new-password-file', join(here.path, 'new-password')],
      ['tag', '--add', 'mine', made.snapshotId],
      ['restore', made.snapshotId, '--target', join(here.path, 'elsewhere')],
    ]
    for (const args of writing) {
      const ended = await runRestic(repository, [...trusted, ...args]).catch((error: unknown) => String(error))
      expect(ended, args.join(' ')).toMatch(/Command failed[^]*(403|config file already exists)/)
      expect(folderOf(made), args.join(' ')).toEqual(before)
    }
  })

  it('lets nobody remove a lock or a snapshot, whatever restic makes of that', async () => {
    await using here = await world()
    const { plane, made, group, consumer } = here
    await leaveExclusiveLock(made.repository)
    const before = folderOf(made)
    const { repository, trusted } = through(here, group, await credentials(plane, consumer, group))
    for (const args of [
      ['unlock', '--remove-all'],
      ['forget', '--no-lock', made.snapshotId],
    ]) {
      const ended = await runRestic(repository, [...trusted, ...args]).catch((error: unknown) => String(error))
      expect(folderOf(made), `${args.join(' ')}: ${ended}`).toEqual(before)
    }
    const snapshots: unknown = JSON.parse(await runRestic(repository, [...trusted, '--no-lock', 'snapshots', '--json']))
    expect(snapshots).toMatchObject([{ id: made.snapshotId }])
  })

  it.each(['POST', 'PUT', 'DELETE', 'PATCH'])('forbids %s at every path of it', async (method) => {
    await using here = await world()
    const given = await credentials(here.plane, here.consumer, here.group)
    const root = `/repositories/${here.group}/`
    const id = 'a'.repeat(64)
    for (const path of [
      '',
      '?create=true',
      'config',
      `locks/${id}`,
      `data/${id}`,
      `snapshots/${here.made.snapshotId}`,
    ]) {
      expect(await statusOf(here.plane, `${root}${path}`, given, method), path).toBe(403)
    }
  })

  it('is good for an hour, and no longer', async () => {
    await using here = await world()
    const { plane, group, consumer } = here
    const given = await credentials(plane, consumer, group)
    const config = `/repositories/${group}/config`
    plane.pass(HOUR - 10_000)
    expect(await statusOf(plane, config, given)).toBe(200)
    plane.pass(10_000)
    expect(await statusOf(plane, config, given)).toBe(401)
  })

  // @security Control plane and consumers: The gateway opens to nobody without credentials that it lent.
  it('opens to nobody without credentials, or with a wrong password', async () => {
    await using here = await world()
    const { plane, group, consumer } = here
    const given = await credentials(plane, consumer, group)
    const config = `/repositories/${group}/config`
    expect(await statusOf(plane, config, null)).toBe(401)
    expect(await statusOf(plane, config, { ...given, serverPassword: `${given.serverPassword}x` })).toBe(401)
    expect(await statusOf(plane, config, { ...given, username: 'reader' })).toBe(401)
    expect(await statusOf(plane, config, { username: '', serverPassword: '' })).toBe(401)
  })

  it('shows with the credentials of one group no other group, and no other folder', async () => {
    await using here = await world()
    await using elsewhere = temporaryDirectory()
    const { plane, group, consumer } = here
    await using server = await startRestServer({ directory: join(elsewhere.path, 'server') })
    const other = await makeRepository({ directory: elsewhere.path, access: { url: `rest:${server.url}south/` } })
    const south = await connectGroup(plane, 'south', {
      url: other.repository.access.url,
      repo_password: TEMPLATE_PASSWORD,
    })
    await declare(plane, { consumer, group: south, name: 'south-verify' })
    const [north, ofSouth] = [await credentials(plane, consumer, group), await credentials(plane, consumer, south)]
    expect(await statusOf(plane, `/repositories/${south}/config`, ofSouth)).toBe(200)
    expect(await statusOf(plane, `/repositories/${south}/config`, north)).toBe(403)
    expect(await statusOf(plane, `/repositories/${group}/config`, ofSouth)).toBe(403)
    expect(await statusOf(plane, `/repositories/${group}/../${south}/config`, north)).toBe(403)
    expect(await statusOf(plane, `/repositories/${group}/data/../../../etc/passwd`, north)).not.toBe(200)
    expect(await statusOf(plane, `/repositories/${group}/data/%2e%2e%2fconfig`, north)).toBe(404)
    // restic's own word, through the gateway to a repository behind another server.
    const { repository, trusted } = through(here, south, ofSouth)
    expect(await runRestic(repository, [...trusted, '--no-lock', 'snapshots'])).toContain(other.snapshotId.slice(0, 8))
    const foreign = through(here, south, { ...north, password: TEMPLATE_PASSWORD })
    await expect(runRestic(foreign.repository, [...foreign.trusted, '--no-lock', 'snapshots'])).rejects.toThrow('403')
  })

  it('closes at once when the declaration is disabled or deleted, and not while another covers the same', async () => {
    await using here = await world()
    const { plane, group, consumer, replica } = here
    const given = await credentials(plane, consumer, group)
    const open = () => statusOf(plane, `/repositories/${group}/config`, given)
    const second = await declare(plane, { consumer, group, name: 'second' })
    await operate(plane, '/api/restore_replicas/delete', { id: replica })
    expect(await open()).toBe(200)
    const declared = {
      id: second,
      consumer_device_id: consumer.id,
      group_id: group,
      type: 'files',
      intent: 'verify',
      name: 'second',
    }
    await operate(plane, '/api/restore_replicas/update', { ...declared, enabled: false })
    expect(await open()).toBe(403)
    const refused = await consume(plane, consumer.identity, '/restore-credentials', { body: { group, type: 'files' } })
    expect(refused.status).toBe(403)
    // What was ended stays ended.
    await operate(plane, '/api/restore_replicas/update', { ...declared, enabled: true })
    expect(await open()).toBe(403)
    const fresh = await credentials(plane, consumer, group)
    expect(await statusOf(plane, `/repositories/${group}/config`, fresh)).toBe(200)
  })

  // @security Control plane and consumers: Credentials that were lent end at once when their consumer loses its role.
  it('closes at once when its consumer loses the role, or the group is disconnected', async () => {
    await using here = await world()
    const { plane, group, consumer } = here
    const open = async (given: Awaited<ReturnType<typeof credentials>>) =>
      statusOf(plane, `/repositories/${group}/config`, given)
    const given = await credentials(plane, consumer, group)
    await operate(plane, '/api/devices/update_role', { device_id: consumer.id, role: 'untrusted' })
    expect(await open(given)).toBe(403)
    await operate(plane, '/api/devices/update_role', { device_id: consumer.id, role: 'backup-restore' })
    const fresh = await credentials(plane, consumer, group)
    expect(await open(fresh)).toBe(200)
    await operate(plane, '/api/fleet/groups/disconnect', { server_group_id: group })
    expect(await open(fresh)).toBe(403)
    const access = { url: here.made.repository.access.url, repo_password: TEMPLATE_PASSWORD }
    await operate(plane, '/api/fleet/groups/connect', { server_group_id: group, name: 'north', access })
    expect(await open(fresh)).toBe(403)
    expect(await open(await credentials(plane, consumer, group))).toBe(200)
  })

  // @security Control plane and consumers: The gateway keeps no password that it lent.
  it('knows its credentials in its next life, and keeps no password', async () => {
    await using here = await world()
    await using directory = temporaryDirectory()
    const first = await startControlPlane({ directory: directory.path })
    const group = await connectGroup(first, 'north', {
      url: here.made.repository.access.url,
      repo_password: TEMPLATE_PASSWORD,
    })
    const consumer = await enrol(first, 'maria')
    await declare(first, { consumer, group })
    const given = await credentials(first, consumer, group)
    await first[Symbol.asyncDispose]()
    expect(readFileSync(join(directory.path, 'plane.db')).includes(given.username)).toBe(true)
    for (const secret of [given.serverPassword, TEMPLATE_PASSWORD]) {
      expect(readFileSync(join(directory.path, 'plane.db')).includes(secret)).toBe(false)
      expect(first.log.join('\n')).not.toContain(secret)
    }
    await using second = await startControlPlane({ directory: directory.path })
    expect(second.pin).toBe(first.pin)
    expect(await statusOf(second, `/repositories/${group}/config`, given)).toBe(200)
  })
})
