import { expect, test } from 'vitest'
import { makeRepository, runRestic } from './restic.ts'
import { temporaryDirectory } from './temporary-directory.ts'

test('restic opens a repository made for a test with its password, and with no other', async () => {
  await using directory = temporaryDirectory()
  const { repository, snapshotId } = await makeRepository({ directory: directory.path, files: { 'a.txt': 'a' } })
  expect(await runRestic(repository, ['snapshots', '--json'])).toContain(snapshotId)
  const access = { ...repository.access, password: 'another' }
  await expect(runRestic({ ...repository, access }, ['snapshots'])).rejects.toThrow('wrong password')
})
