import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import {
  connectGroup,
  consume,
  type Consumer,
  declare,
  enrol,
  operate,
  startControlPlane,
} from '../../test/control-plane.ts'
import { makeRepository, requireTool } from '../../test/restic.ts'
import { startS3Server } from '../../test/s3-server.ts'
import { STS_KEY, startStsServer } from '../../test/sts-server.ts'
import { TEMPLATE_PASSWORD } from '../../test/template-copy.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'

async function world() {
  await using building = new AsyncDisposableStack()
  const { path } = building.use(temporaryDirectory())
  const made = await makeRepository({ directory: join(path, 'made') })
  const plane = building.use(await startControlPlane())
  const group = await connectGroup(plane, 'north', {
    url: made.repository.access.url,
    repo_password: TEMPLATE_PASSWORD,
  })
  const maria = await enrol(plane, 'maria')
  const ask = (consumer: Consumer, body: object) => consume(plane, consumer.identity, '/restore-credentials', { body })
  const issuances = async () =>
    (await operate(plane, '/api/restore_replicas/issuances', {})).body as { items: unknown[] }
  const resources = building.move()
  return { path, plane, group, maria, ask, issuances, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

requireTool('restic')('credentials for a repository', () => {
  it('are given in the shape of credential_process, for an hour, and recorded', async () => {
    await using here = await world()
    await declare(here.plane, { consumer: here.maria, group: here.group })
    const run_id = randomUUID()
    const asked = Date.now()
    const { status, body } = await here.ask(here.maria, { group: here.group, type: 'files', run_id })
    expect(status).toBe(200)
    expect(body).toEqual({
      credentials: {
        Version: 1,
        AccessKeyId: expect.stringMatching(/^reader-[0-9a-f]{24}$/),
        SecretAccessKey: expect.stringMatching(/^[\w-]{43}$/),
        SessionToken: '',
        Expiration: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      },
      repo_password: TEMPLATE_PASSWORD,
    })
    const { credentials } = body as { credentials: Record<string, string> }
    const seconds = (Date.parse(credentials['Expiration'] ?? '') - asked) / 1000
    expect(seconds).toBeGreaterThanOrEqual(3600)
    expect(seconds).toBeLessThan(3660)
    const { items } = await here.issuances()
    expect(items).toMatchObject([
      {
        device_id: here.maria.id,
        device_name: 'maria',
        group_id: here.group,
        type: 'files',
        run_id,
        storage: 'rest',
        access_key_id: credentials['AccessKeyId'],
        expires_at: credentials['Expiration'],
        revoked_at: null,
      },
    ])
    expect(JSON.stringify(items)).not.toContain(credentials['SecretAccessKey'])
  })

  // @security Control plane and consumers: Credentials are refused to whom no enabled declaration covers, before anything else is looked at.
  it('are refused to whom no enabled declaration covers, before anything else is looked at', async () => {
    await using here = await world()
    const { plane, group, maria, ask } = here
    const other = await enrol(plane, 'olga')
    const replica = await declare(plane, { consumer: maria, group, type: 'files' })
    const forbidden = { status: 403, body: { type: '/errors/auth-insufficient-permissions' } }
    expect(await ask(maria, { group, type: 'tamanu-postgres' })).toMatchObject(forbidden)
    expect(await ask(maria, { group: randomUUID(), type: 'files' })).toMatchObject(forbidden)
    expect(await ask(other, { group, type: 'files' })).toMatchObject(forbidden)
    // It advertises nothing, so the declaration is a gap: that is no matter of who may read.
    expect(await ask(maria, { group, type: 'files' })).toMatchObject({ status: 200 })
    await operate(plane, '/api/restore_replicas/delete', { id: replica })
    expect(await ask(maria, { group, type: 'files' })).toMatchObject(forbidden)
    expect((await here.issuances()).items).toHaveLength(1)
    expect((await here.issuances()).items).toMatchObject([{ revoked_at: expect.any(String) }])
  })

  it('are refused with 409 while the group is not ready', async () => {
    await using here = await world()
    const { plane, group, maria, ask } = here
    await declare(plane, { consumer: maria, group })
    await operate(plane, '/api/fleet/groups/disconnect', { server_group_id: group })
    expect(await ask(maria, { group, type: 'files' })).toMatchObject({
      status: 409,
      body: { type: '/errors/conflict' },
    })
    expect((await here.issuances()).items).toEqual([])
  })
})

requireTool(
  'restic',
  's3-gateway',
  's3-gateway-admin',
)('credentials for a repository on S3', () => {
  it("are a session of its role where it has one, and the gateway's where it has none", async () => {
    await using directory = temporaryDirectory()
    await using s3 = await startS3Server({ directory: join(directory.path, 's3') })
    await using sts = await startStsServer()
    await using plane = await startControlPlane()
    const made = await makeRepository({ directory: join(directory.path, 'made') })
    await s3.createBucket('backups')
    await s3.upload(made.repository.access.url, 'backups', 'north')
    const url = `s3:${s3.url}backups/north`
    const key = { access_key_id: s3.username, secret_access_key: s3.password, region: 'us-east-1' }
    const maria = await enrol(plane, 'maria')
    const group = await connectGroup(plane, 'north', { url, repo_password: TEMPLATE_PASSWORD, s3: key })
    await declare(plane, { consumer: maria, group })
    const ask = async () =>
      (await consume(plane, maria.identity, '/restore-credentials', { body: { group, type: 'files' } })).body
    const first = (await ask()) as { credentials: { AccessKeyId: string; SecretAccessKey: string } }
    const { AccessKeyId: user, SecretAccessKey: password } = first.credentials
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
    const listed = await consume(plane, null, `/repositories/${group}/snapshots/`, { headers: { authorization } })
    expect(listed.status).toBe(200)

    // The same key opens the store and signs at the STS of this test, which knows another.
    const role = { ...key, role_arn: 'arn:aws:iam::1:role/Reader', sts_endpoint: sts.url }
    const again = { server_group_id: group, name: 'north', access: { url, repo_password: TEMPLATE_PASSWORD, s3: role } }
    const view = await operate(plane, '/api/fleet/groups/connect', again)
    expect(view.body).toMatchObject({ storage: 's3', status: 'ready' })
    expect(STS_KEY.id).not.toBe(key.access_key_id)
    expect(await ask()).toMatchObject({ type: '/errors/upstream' })
    expect(sts.assumed).toEqual([])
  })
})
