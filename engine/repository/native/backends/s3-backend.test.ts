import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { backUp, makeRepository, repositoryAt, requireTool, writeFiles } from '../../../../test/restic.ts'
import { type S3Server, startS3Server } from '../../../../test/s3-server.ts'
import { temporaryDirectory } from '../../../../test/temporary-directory.ts'
import type { ResticRepository } from '../../../restic/repository.ts'
import { listSnapshots } from '../../../restic/snapshots.ts'
import type { Backend } from '../backend.ts'
import { NativeRepository } from '../native-repository.ts'
import { chooseBackend } from './choose-backend.ts'
import { localBackend } from './local-backend.ts'

const FILES = Object.fromEntries(
  Array.from({ length: 40 }, (_, at) => [`srv/team-${at % 4}/project-${at % 10}/file-${at}.txt`, `file ${at}\n`]),
)
const BUCKET = 'backups'

requireTool(
  'restic',
  's3-gateway',
  's3-gateway-admin',
)('a repository in an S3 store', () => {
  const resources = new AsyncDisposableStack()
  let directory: string
  let server: S3Server
  /** What restic wrote, there and on this computer. */
  let repository: ResticRepository
  let local: string

  beforeAll(async () => {
    directory = resources.use(temporaryDirectory()).path
    server = resources.use(await startS3Server({ directory: join(directory, 's3') }))
    await server.createBucket(BUCKET)
    const made = await makeRepository({ directory, files: FILES })
    await writeFiles(made.source, { 'srv/later/new.txt': 'new\n' })
    await backUp(made.repository, made.source)
    local = made.repository.access.url
    await server.upload(local, BUCKET, 'some/prefix')
    repository = inStore('some/prefix')
  })

  afterAll(() => resources.disposeAsync())

  function inStore(prefix: string, access: Partial<ResticRepository['access']> = {}): ResticRepository {
    return repositoryAt(directory, {
      url: `s3:${server.url}${BUCKET}/${prefix}`,
      username: server.username,
      serverPassword: server.password,
      ...access,
    })
  }

  function backendOf(place: ResticRepository): Backend {
    const backend = chooseBackend(place)
    if (backend === undefined) throw new Error(`no backend for ${place.access.url}`)
    return backend
  }

  it('has, file for file and piece for piece, what restic wrote', async () => {
    const [ours, theirs] = [backendOf(repository), localBackend(local)]
    expect((await ours.readConfig({})).equals(await theirs.readConfig({}))).toBe(true)
    for (const folder of ['keys', 'snapshots', 'index'] as const) {
      const ids = await ours.list(folder, {})
      expect(ids.toSorted()).toEqual((await theirs.list(folder, {})).toSorted())
      for (const id of ids)
        expect((await ours.read(folder, id, {})).equals(await theirs.read(folder, id, {}))).toBe(true)
    }
    const packs = await ours.list('data', {})
    expect(packs.length).toBeGreaterThan(2)
    for (const id of packs) {
      const whole = await readFile(join(local, 'data', id.slice(0, 2), id))
      expect((await ours.read('data', id, {})).equals(whole)).toBe(true)
      expect((await ours.readRange(id, 10, 30, {})).equals(whole.subarray(10, 40))).toBe(true)
      // As many as there are, and none behind the end.
      expect((await ours.readRange(id, whole.length - 5, 100, {})).equals(whole.subarray(-5))).toBe(true)
      expect(await ours.readRange(id, whole.length + 5, 100, {})).toHaveLength(0)
    }
  })

  it('is found by restic there too, and read directory for directory as its copy on this computer', async () => {
    const open = (backend: Backend) =>
      NativeRepository.open(
        { backend, password: repository.access.password, cacheDirectory: join(directory, 'none') },
        {},
      )
    const [ours, theirs] = [await open(backendOf(repository)), await open(localBackend(local))]
    const snapshots = await listSnapshots(repository, {})
    expect(snapshots).toHaveLength(2)
    const seen = new Set<string>()
    const visit = async (id: string): Promise<void> => {
      if (seen.has(id)) return
      seen.add(id)
      const text = await ours.readTree(id, {})
      expect(text.equals(await theirs.readTree(id, {}))).toBe(true)
      const { nodes } = JSON.parse(text.toString('utf8')) as { nodes: { subtree?: string }[] }
      for (const { subtree } of nodes) if (subtree !== undefined) await visit(subtree)
    }
    for (const { treeId } of snapshots) await visit(treeId)
    expect(seen.size).toBeGreaterThan(20)
  })

  it('may be all of a bucket', async () => {
    await server.createBucket('whole')
    await server.upload(local, 'whole', '')
    const place = { ...repository, access: { ...repository.access, url: `s3:${server.url}whole/` } }
    expect((await backendOf(place).list('snapshots', {})).length).toBe(2)
  })

  it('is listed to its end where a listing has more than one page', async () => {
    const ids = Array.from({ length: 1005 }, (_, at) => createHash('sha256').update(String(at)).digest('hex'))
    const folder = join(directory, 'many', 'locks')
    await mkdir(folder, { recursive: true })
    for (const name of [...ids, 'not-an-id']) await writeFile(join(folder, name), '')
    await server.upload(join(directory, 'many'), BUCKET, 'many')
    expect((await backendOf(inStore('many')).list('locks', {})).toSorted()).toEqual(ids.toSorted())
  })

  it('tells the ways apart in which it is not there', async () => {
    const refused = { code: 'unauthenticated', data: { by: 'backend' } }
    const nowhere = { code: 'repository_not_initialised' }
    const elsewhere = { url: `s3:${server.url}no-such-bucket/some/prefix` }
    const failures = [
      [inStore('some/prefix', { serverPassword: 'wrong' }), refused],
      [inStore('some/prefix', { username: 'NOBODY' }), refused],
      [inStore('no/such/prefix'), nowhere],
      [inStore('some/prefix', elsewhere), nowhere],
    ] as const
    for (const [place, fault] of failures) {
      await expect(backendOf(place).list('keys', {})).rejects.toMatchObject(fault)
      await expect(backendOf(place).readConfig({})).rejects.toMatchObject(fault)
    }
    const missing = backendOf(repository).read('snapshots', '0'.repeat(64), {})
    await expect(missing).rejects.toMatchObject({ name: 'MissingFile', file: `snapshots/${'0'.repeat(64)}` })
  })

  it('is left to restic where that knows more: without a key, and behind a proxy', () => {
    expect(chooseBackend(inStore('some/prefix', { username: '' }))).toBeUndefined()
    process.env['https_proxy'] = 'http://proxy.example:3128'
    try {
      expect(chooseBackend(repository)).toBeUndefined()
    } finally {
      delete process.env['https_proxy']
    }
  })

  it('is unreachable once the server is gone, and was cancelled when it was cancelled', async () => {
    const gone = await startS3Server({ directory: join(directory, 'gone') })
    const place = inStore('some/prefix', { url: `s3:${gone.url}bucket` })
    const backend = backendOf(place)
    await gone[Symbol.asyncDispose]()
    await expect(backend.readConfig({})).rejects.toMatchObject({
      code: 'unreachable',
      data: { host: `127.0.0.1:${gone.port}`, why: { code: 'nothing_listens' } },
    })
    const stop = new AbortController()
    server.freeze()
    try {
      const asked = backendOf(repository).readConfig({ signal: stop.signal })
      stop.abort()
      await expect(asked).rejects.toBe(stop.signal.reason)
    } finally {
      server.thaw()
    }
  })
})
