import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { IssuedCredentials } from '../../contract/control-plane/consumer.ts'
import { entry } from '../../test/consumer-entry.ts'
import { makeRepository, requireTool } from '../../test/restic.ts'
import { startS3Server } from '../../test/s3-server.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { restoreSnapshot } from '../attempt/restore-snapshot.ts'
import { openAccess } from './open-access.ts'

const PLANE = { url: 'https://plane.example', key: '', certificate: '', trusted: null }

requireTool(
  'restic',
  's3-gateway',
  's3-gateway-admin',
)('the way to a repository in an S3 store', () => {
  it('takes new credentials while restic reads, counts what came, and lets nobody else in', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path, files: { 'notes.txt': 'kept\n' } })
    await using server = await startS3Server({ directory: join(directory.path, 's3') })
    await server.createBucket('backups')
    await server.upload(made.repository.access.url, 'backups', 'shop')
    let asked = 0
    const credentials = async (): Promise<IssuedCredentials> => {
      asked += 1
      return {
        credentials: {
          Version: 1,
          AccessKeyId: server.username,
          SecretAccessKey: server.password,
          SessionToken: '',
          Expiration: new Date(Date.now() + 3_600_000).toISOString(),
        },
        repo_password: made.repository.access.password,
      }
    }
    const wanted = entry({ storage: 's3', repositoryUrl: `s3:${server.url}backups/shop` })
    await using access = await openAccess({ entry: wanted, plane: PLANE, credentials })
    const target = join(directory.path, 'restored')
    const repository = { ...made.repository, access: access.access }
    const signal = new AbortController().signal
    expect(await restoreSnapshot(repository, made.snapshotId, target, signal)).toMatchObject({ files: 1 })
    expect(readFileSync(join(target, 'notes.txt'), 'utf8')).toBe('kept\n')
    expect(asked).toBeGreaterThan(3)
    expect(access.received()).toBeGreaterThan(500)
    const url = access.access.url.replace(/^rest:/, '')
    expect((await fetch(`${url}config`)).status).toBe(401)
  })

  it('is none where the address is no S3 store', async () => {
    const credentials = async (): Promise<IssuedCredentials> => ({
      credentials: {
        Version: 1,
        AccessKeyId: 'a',
        SecretAccessKey: 'b',
        SessionToken: '',
        Expiration: '2027-01-01T00:00:00Z',
      },
      repo_password: 'c',
    })
    const wanted = entry({ storage: 's3', repositoryUrl: 's3:' })
    await expect(openAccess({ entry: wanted, plane: PLANE, credentials })).rejects.toThrow(
      'is no address of an S3 store',
    )
  })
})
