import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startRestServer } from '../../../test/rest-server.ts'
import {
  backUp,
  type MadeRepository,
  makeRepository,
  repositoryAt,
  runRestic,
  writeFiles,
} from '../../../test/restic.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import type { Backend } from './backend.ts'
import { localBackend } from './backends/local-backend.ts'
import { restBackend } from './backends/rest-backend.ts'
import { ALL_TREES, scanIndex } from './index-scan.ts'
import { NativeRepository } from './native-repository.ts'

const FILES = Object.fromEntries(
  Array.from({ length: 60 }, (_, at) => [`srv/team-${at % 6}/project-${at % 20}/file-${at}.txt`, `file ${at}\n`]),
)

/** Every tree below a tree, as our reader reads it, by id. */
async function everyTree(repository: NativeRepository, treeId: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const visit = async (id: string): Promise<void> => {
    if (found.has(id)) return
    const text = (await repository.readTree(id, {})).toString('utf8')
    found.set(id, text)
    const { nodes } = JSON.parse(text) as { nodes: { subtree?: string }[] }
    for (const { subtree } of nodes) if (subtree !== undefined) await visit(subtree)
  }
  await visit(treeId)
  return found
}

/** Every path below a tree, from the trees read; names as they are stored. */
function pathsOf(trees: Map<string, string>, treeId: string, parent = ''): string[] {
  const { nodes } = JSON.parse(trees.get(treeId) ?? '') as { nodes: { name: string; subtree?: string }[] }
  return nodes.flatMap(({ name, subtree }) => {
    const path = `${parent}/${name}`
    return subtree === undefined ? [path] : [path, ...pathsOf(trees, subtree, path)]
  })
}

/** The reader checks each tree against its id; restic, asked once, says whether these are all the trees there are. */
async function expectResticAgrees(made: MadeRepository, trees: Map<string, string>): Promise<void> {
  const listing = await runRestic(made.repository, ['ls', '--json', '--no-lock', made.snapshotId])
  const lines = listing
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { message_type: string; path: string })
  const paths = lines.filter((line) => line.message_type === 'node').map(({ path }) => path)
  expect(pathsOf(trees, made.treeId)).toEqual(paths)
}

function openLocal(made: MadeRepository, { cached = false } = {}): Promise<NativeRepository> {
  const { access, cacheDirectory } = made.repository
  return NativeRepository.open(
    {
      backend: localBackend(access.url),
      password: access.password,
      cacheDirectory: cached ? cacheDirectory : join(cacheDirectory, 'none'),
    },
    {},
  )
}

test('every tree of a local repository is the one that restic prints, with and without its cache', async () => {
  await using directory = temporaryDirectory()
  const made = await makeRepository({ directory: directory.path, files: FILES })
  const trees = await everyTree(await openLocal(made), made.treeId)
  expect(trees.size).toBeGreaterThan(25)
  await expectResticAgrees(made, trees)
  expect(await everyTree(await openLocal(made, { cached: true }), made.treeId)).toEqual(trees)
})

test('an index of restic is scanned, and names the trees that restic names', async () => {
  await using directory = temporaryDirectory()
  const made = await makeRepository({ directory: directory.path, files: FILES })
  const [id = ''] = await readdir(join(made.repository.access.url, 'index'))
  const printed = await runRestic(made.repository, ['cat', 'index', id])
  const trees = scanIndex(await (await openLocal(made)).readIndex(id, {}), ALL_TREES)?.map((tree) => tree.id)
  expect(trees).toEqual([...printed.matchAll(/"id": ?"(\w+)",\s*"type": ?"tree"/g)].map(([, tree]) => tree))
  expect(trees?.length).toBeGreaterThan(25)
})

test('a walk reads packs in windows, and the same trees', async () => {
  await using directory = temporaryDirectory()
  const made = await makeRepository({ directory: directory.path, files: FILES })
  const local = localBackend(made.repository.access.url)
  let ranges = 0
  const backend: Backend = {
    ...local,
    readRange: (...range) => {
      ranges += 1
      return local.readRange(...range)
    },
  }
  const { password } = made.repository.access
  const repository = await NativeRepository.open({ backend, password, cacheDirectory: directory.path }, {})
  const trees = await everyTree(await openLocal(made), made.treeId)
  for (const [id, text] of trees) {
    expect((await repository.readTree(id, { ahead: true })).toString('utf8')).toBe(text)
  }
  expect(ranges).toBeLessThan(3)
})

test('a repository of format 1 is read too', async () => {
  await using directory = temporaryDirectory()
  const repository = repositoryAt(directory.path, { url: join(directory.path, 'repository') })
  await runRestic(repository, ['init', '--repository-version', '1'])
  const source = join(directory.path, 'source')
  await writeFiles(source, FILES)
  const made = { repository, source, ...(await backUp(repository, source)) }
  await expectResticAgrees(made, await everyTree(await openLocal(made), made.treeId))
})

test('a repository behind a rest-server with private repositories is read', async () => {
  await using directory = temporaryDirectory()
  await using server = await startRestServer({
    directory: join(directory.path, 'server'),
    users: { operator: 'server secret' },
    privateRepos: true,
  })
  const url = `${server.url}operator/`
  const access = { url: `rest:${url}`, username: 'operator', serverPassword: 'server secret' }
  const made = await makeRepository({ directory: directory.path, files: FILES, access })
  const open = (password: string): Promise<NativeRepository> =>
    NativeRepository.open(
      {
        backend: restBackend({ url, username: 'operator', password }),
        password: made.repository.access.password,
        cacheDirectory: join(directory.path, 'no-cache'),
      },
      {},
    )
  await expectResticAgrees(made, await everyTree(await open('server secret'), made.treeId))
  await expect(open('wrong')).rejects.toMatchObject({ code: 'unauthenticated', data: { by: 'backend' } })
})

test('a snapshot made later is found without opening anew, and only new index files are read', async () => {
  await using directory = temporaryDirectory()
  const made = await makeRepository({ directory: directory.path, files: FILES })
  const repository = await openLocal(made)
  await everyTree(repository, made.treeId)
  const before = repository.indexed.trees
  await writeFiles(made.source, { 'srv/new/one.txt': 'new' })
  const later = await backUp(made.repository, made.source)
  await expectResticAgrees({ ...made, ...later }, await everyTree(repository, later.treeId))
  expect(repository.indexed.trees).toBeLessThan(before + 10)
})

test('a prune under an open reader makes it look again', async () => {
  await using directory = temporaryDirectory()
  const made = await makeRepository({ directory: directory.path, files: FILES })
  const repository = await openLocal(made)
  await everyTree(repository, made.treeId)
  await rm(join(made.source, 'srv/team-0'), { recursive: true })
  const later = await backUp(made.repository, made.source)
  await runRestic(made.repository, ['forget', made.snapshotId, '--prune', '--max-unused', '0', '--repack-small'])
  await expectResticAgrees({ ...made, ...later }, await everyTree(repository, later.treeId))
  await expect(repository.readTree(made.treeId, {})).rejects.toMatchObject({ code: 'not_found' })
})

test('a wrong password is told, and the right one among several keys is found', async () => {
  await using directory = temporaryDirectory()
  const made = await makeRepository({ directory: directory.path, files: { 'a.txt': 'a' } })
  const wrong = { ...made, repository: { ...made.repository, access: { ...made.repository.access, password: 'no' } } }
  await expect(openLocal(wrong)).rejects.toMatchObject({ code: 'wrong_password' })
  const second = join(directory.path, 'second-password')
  await writeFile(second, 'another one')
  await runRestic(made.repository, ['key', 'add', '--new-password-file', second])
  const other = {
    ...made,
    repository: { ...made.repository, access: { ...made.repository.access, password: 'another one' } },
  }
  expect((await everyTree(await openLocal(other), made.treeId)).size).toBe(1)
})

test('where no repository is, that is said', async () => {
  await using directory = temporaryDirectory()
  const opening = NativeRepository.open(
    { backend: localBackend(directory.path), password: 'x', cacheDirectory: directory.path },
    {},
  )
  await expect(opening).rejects.toMatchObject({ code: 'repository_not_initialised' })
})
