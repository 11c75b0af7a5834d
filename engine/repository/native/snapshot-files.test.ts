import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startRestServer } from '../../../test/rest-server.ts'
import { backUp, copyRepository, makeRepository, repositoryAt, runRestic, withoutRestic } from '../../../test/restic.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { listSnapshots } from '../../restic/snapshots.ts'
import { openTreeReader } from '../tree-reader.ts'

test('snapshots are those that restic lists, with their times, names, paths, tags and figures', async () => {
  await using directory = temporaryDirectory()
  const { repository, source } = await makeRepository({ directory: directory.path })
  await backUp(repository, source, [
    '--tag',
    'nightly',
    '--tag',
    'ü',
    '--host',
    'quay',
    '--time',
    '2026-01-02 03:04:05',
  ])
  await runRestic(repository, ['backup', '--quiet', source, join(directory.path, 'repository', 'config')])
  const found = await openTreeReader(withoutRestic(repository)).snapshots({})
  expect(found).toHaveLength(3)
  expect(found).toEqual(await listSnapshots(repository, {}))
})

test('through a REST server they are the same', async () => {
  await using directory = temporaryDirectory()
  const { repository } = await makeRepository({ directory: directory.path })
  await using server = await startRestServer({ directory: directory.path })
  await cp(repository.access.url, server.repositoryDirectory('main'), { recursive: true })
  const distant = repositoryAt(join(directory.path, 'distant'), { url: `rest:${server.url}main` })
  expect(await openTreeReader(withoutRestic(distant)).snapshots({})).toEqual(await listSnapshots(repository, {}))
})

test('what was backed up or forgotten since is seen at once', async () => {
  await using directory = temporaryDirectory()
  const { repository, source, snapshotId } = await makeRepository({ directory: directory.path })
  const reader = openTreeReader(withoutRestic(repository))
  expect(await reader.snapshots({})).toHaveLength(1)
  const second = await backUp(repository, source)
  expect(await reader.snapshots({})).toHaveLength(2)
  await runRestic(repository, ['forget', snapshotId])
  expect((await reader.snapshots({})).map(({ id }) => id)).toEqual([second.snapshotId])
})

test('one whose file is damaged is left out, as restic does, and the others stay', async () => {
  await using directory = temporaryDirectory()
  const made = await makeRepository({ directory: directory.path })
  const second = await backUp(made.repository, made.source)
  const { repository } = await copyRepository(made, join(directory.path, 'copy'))
  const file = join(repository.access.url, 'snapshots', made.snapshotId)
  const sealed = await readFile(file)
  sealed[sealed.length - 20] = (sealed.at(-20) ?? 0) ^ 1
  await rm(file)
  await writeFile(file, sealed)
  const found = await openTreeReader(withoutRestic(repository)).snapshots({})
  expect(found.map(({ id }) => id)).toEqual([second.snapshotId])
})
