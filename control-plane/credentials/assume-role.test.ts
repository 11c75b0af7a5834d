import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { GroupAccess } from '../../contract/control-plane/fleet.ts'
import { STS_KEY, startStsServer } from '../../test/sts-server.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { type Device, openStore } from '../store/index.ts'
import { Issuer } from './issuer.ts'
import { readOnlyPolicy } from './read-only-policy.ts'

const ROLE = 'arn:aws:iam::1:role/Reader'
const AT = '2026-01-01T00:00:00.000Z'

/** A plane's store with a ready group on S3, a consumer, and a declaration that covers it. */
async function world(change: (access: GroupAccess) => GroupAccess | undefined = (access) => access) {
  await using building = new AsyncDisposableStack()
  const { path } = building.use(temporaryDirectory())
  const sts = building.use(await startStsServer())
  const store = building.use(openStore(join(path, 'plane.db')))
  const [deviceId, groupId] = [randomUUID(), randomUUID()]
  store.devices.insert({ id: deviceId, name: 'maria', role: 'backup-restore', keyPin: 'pin', firstSeenAt: AT })
  store.groups.put({
    id: groupId,
    name: 'north',
    status: 'ready',
    reason: null,
    url: 's3:https://store/backups/north',
    storage: 's3',
    bucket: 'backups',
    prefix: 'north',
    region: 'eu-west-1',
    repositoryId: null,
    typeRules: [],
    madeAt: AT,
    observedAt: AT,
  })
  const declared = { id: randomUUID(), consumerId: deviceId, groupId, machineId: null, type: 'files', intent: 'verify' }
  const flags = { redacts: false, publishesSchemas: false, migratesOnRequest: false, enabled: true }
  const made = { createdBy: null, createdAt: AT, updatedBy: null, updatedAt: AT }
  const declaration = { ...declared, name: 'one', overdueAfter: null, params: {}, ...flags, ...made }
  store.declarations.insert(declaration)
  const logged: unknown[] = []
  const access: GroupAccess = {
    url: 's3:https://store/backups/north',
    repo_password: 'of the repository',
    s3: { access_key_id: STS_KEY.id, secret_access_key: STS_KEY.secret, role_arn: ROLE, sts_endpoint: sts.url },
  }
  const issuer = new Issuer({
    store,
    accessOf: () => change(access),
    now: () => new Date(),
    newId: randomUUID,
    log: (_, error) => logged.push(error),
  })
  const device = store.devices.get(deviceId) as Device
  const resources = building.move()
  return {
    sts,
    store,
    logged,
    device,
    declaration,
    issue: (type = 'files') => issuer.issue(device, { group: groupId, type, run_id: null }),
    issued: () => store.issuances.page({}, { before: Number.MAX_SAFE_INTEGER, limit: 10 }),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

// @security Control plane and consumers: Credentials that an STS lends are for an hour, and to read one repository.
test('a session of the role is asked for with a signature, for an hour, to read one repository, in the name of the device', async () => {
  await using plane = await world()
  const { credentials, repo_password } = await plane.issue()
  expect(credentials).toEqual({
    Version: 1,
    AccessKeyId: 'ASIA1',
    SecretAccessKey: 'lent-secret-1',
    SessionToken: 'lent-token-1',
    Expiration: expect.stringMatching(/^\d{4}-.*Z$/),
  })
  expect(repo_password).toBe('of the repository')
  const [asked] = plane.sts.assumed
  expect(asked?.region).toBe('eu-west-1')
  expect(asked?.form).toMatchObject({
    Action: 'AssumeRole',
    RoleArn: ROLE,
    RoleSessionName: `canopy-restore-${plane.device.id}`,
    DurationSeconds: '3600',
  })
  expect(JSON.parse(asked?.form['Policy'] ?? '')).toEqual({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::backups/north/*'] },
      {
        Effect: 'Allow',
        Action: ['s3:ListBucket'],
        Resource: ['arn:aws:s3:::backups'],
        Condition: { StringLike: { 's3:prefix': ['north', 'north/*'] } },
      },
      { Effect: 'Allow', Action: ['s3:GetBucketLocation'], Resource: ['arn:aws:s3:::backups'] },
    ],
  })
})

// @security Control plane and consumers: What was lent is recorded without its secret.
test('what was lent is recorded without its secret', async () => {
  await using plane = await world()
  const { credentials } = await plane.issue()
  expect(plane.issued()).toMatchObject([
    {
      deviceId: plane.device.id,
      storage: 's3',
      accessKeyId: 'ASIA1',
      secretHash: null,
      bucket: 'backups',
      prefix: 'north',
      assumedRole: ROLE,
      stsRequestId: 'request-1',
      expiresAt: credentials.Expiration,
    },
  ])
  expect(JSON.stringify(plane.issued())).not.toMatch(/lent-secret|lent-token/)
})

test.each(['refuse', 'nonsense'] as const)(
  'an STS that answers with %s is a 502 without its reason, and nothing is recorded',
  async (how) => {
    await using plane = await world()
    plane.sts.fail(how)
    await expect(plane.issue()).rejects.toMatchObject({ slug: 'upstream', status: 502 })
    expect(plane.issued()).toEqual([])
    expect(plane.logged).toHaveLength(1)
    plane.sts.fail(null)
    expect((await plane.issue()).credentials.AccessKeyId).toBe('ASIA1')
  },
)

test('a key that the STS does not know signs for nothing', async () => {
  await using plane = await world((access) => ({
    ...access,
    s3: {
      ...access.s3,
      access_key_id: STS_KEY.id,
      secret_access_key: 'other',
      role_arn: ROLE,
      sts_endpoint: access.s3?.sts_endpoint ?? '',
    },
  }))
  await expect(plane.issue()).rejects.toMatchObject({ slug: 'upstream' })
  expect(plane.sts.assumed).toEqual([])
})

test('a password that cannot be read is a 502, and nothing is recorded', async () => {
  await using plane = await world(() => {
    throw new Error('sealed with another key')
  })
  plane.store.groups.list().forEach((group) => plane.store.groups.put({ ...group, storage: 'rest' }))
  await expect(plane.issue()).rejects.toMatchObject({ slug: 'upstream' })
  expect(plane.issued()).toEqual([])
})

test('one that is disabled while the STS is asked is given nothing', async () => {
  await using plane = await world()
  const issuing = plane.issue()
  plane.store.declarations.update({ ...plane.declaration, enabled: false })
  await expect(issuing).rejects.toMatchObject({ slug: 'auth-insufficient-permissions' })
  expect([plane.sts.assumed.length, plane.issued().length]).toEqual([1, 0])
})

test('the whole of a bucket is named where a repository has no prefix, in the partition of its region', () => {
  const policy: unknown = JSON.parse(readOnlyPolicy({ bucket: 'b', prefix: '', region: 'cn-north-1' }))
  expect(policy).toMatchObject({
    Statement: [
      { Resource: ['arn:aws-cn:s3:::b/*'] },
      { Resource: ['arn:aws-cn:s3:::b'] },
      { Action: ['s3:GetBucketLocation'] },
    ],
  })
  expect(JSON.stringify(policy)).not.toContain('Condition')
})
