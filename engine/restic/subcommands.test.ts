import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { directoryState } from '../../test/directory-state.ts'
import { backUp, makeRepository, repositoryAt, requireTool, runRestic, writeFiles } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { backup } from './backup.ts'
import { readBlob } from './blob.ts'
import { type DiffLine, watchDiff } from './diff.ts'
import { initialise } from './init.ts'
import { listLocks, unlockStale } from './locks.ts'
import { listSnapshots } from './snapshots.ts'

requireTool('restic')('a repository', () => {
  it('is initialised, backed up to and listed, newest first', async () => {
    await using directory = temporaryDirectory()
    const repository = repositoryAt(directory.path, { url: join(directory.path, 'repository') })
    const source = join(directory.path, 'source')
    await writeFiles(source, { 'etc/motd': 'hello\n', 'srv/data': 'x'.repeat(1000) })
    const said: string[] = []
    await initialise(repository, { onLine: (line) => said.push(line) })
    const base = { paths: ['etc', 'srv'], cwd: source, hostname: 'web-1', tags: ['nightly', 'tag with space'] }
    const second = await backup(repository, { ...base, time: new Date('2026-02-03T04:05:06Z') })
    const first = await backup(repository, { ...base, time: new Date('2026-01-03T04:05:06Z'), hostname: 'web-2' })

    const snapshots = await listSnapshots(repository, {})
    expect(said.join('\n')).toContain('created restic repository')
    expect(snapshots.map((snapshot) => snapshot.id)).toEqual([second.snapshotId, first.snapshotId])
    expect(snapshots.map((snapshot) => Date.parse(snapshot.time))).toEqual([
      Date.parse('2026-02-03T04:05:06Z'),
      Date.parse('2026-01-03T04:05:06Z'),
    ])
    expect(snapshots[0]).toMatchObject({
      hostname: 'web-1',
      paths: [join(source, 'etc'), join(source, 'srv')],
      tags: ['nightly', 'tag with space'],
      files: 2,
      bytes: 1006,
    })
  })

  it('cannot be initialised twice', async () => {
    await using directory = temporaryDirectory()
    const { repository } = await makeRepository({ directory: directory.path })
    await expect(initialise(repository, {})).rejects.toMatchObject({
      code: 'tool_failed',
      data: { stderrTail: expect.stringContaining('already') },
    })
  })

  it('needs no password where it has none', async () => {
    await using directory = temporaryDirectory()
    const repository = repositoryAt(directory.path, { url: join(directory.path, 'repository'), password: '' })
    await initialise(repository, {})
    expect(await listSnapshots(repository, {})).toEqual([])
  })

  it('tells a wrong password, and one that is not there', async () => {
    await using directory = temporaryDirectory()
    const { repository } = await makeRepository({ directory: directory.path })
    const wrong = { ...repository, access: { ...repository.access, password: 'wrong' } }
    const nowhere = repositoryAt(directory.path, { url: join(directory.path, 'nowhere') })
    await expect(listSnapshots(wrong, {})).rejects.toMatchObject({ code: 'wrong_password' })
    await expect(listSnapshots(nowhere, {})).rejects.toMatchObject({ code: 'repository_not_initialised' })
  })

  it('is listed though one snapshot is damaged', async () => {
    await using directory = temporaryDirectory()
    const { repository, source, snapshotId } = await makeRepository({ directory: directory.path, files: { a: '1' } })
    const other = await backup(repository, { paths: [source] })
    const stored = join(repository.access.url, 'snapshots', snapshotId)
    await chmod(stored, 0o600)
    await writeFile(stored, 'damaged')
    const left = await listSnapshots({ ...repository, cacheDirectory: join(directory.path, 'fresh-cache') }, {})
    expect(left.map((snapshot) => snapshot.id)).toEqual([other.snapshotId])
  })

  it('gives a blob byte for byte, and says when it has none', async () => {
    await using directory = temporaryDirectory()
    const content = Buffer.from([0, 255, 10, 13, 0xed, 0xa0, 0x80])
    const { repository } = await makeRepository({ directory: directory.path, files: { binary: content } })
    const id = createHash('sha256').update(content).digest('hex')
    expect(await readBlob(repository, id, {})).toEqual(content)
    await expect(readBlob(repository, 'f'.repeat(64), {})).rejects.toMatchObject({
      code: 'not_found',
      data: { what: 'blob' },
    })
  })

  it('shows who holds it, and frees what a dead holder left, all without being written to before', async () => {
    await using directory = temporaryDirectory()
    const { repository } = await makeRepository({ directory: directory.path, files: { a: '1' } })
    expect(await listLocks(repository, {})).toEqual([])
    const holder = spawn(repository.restic.path, ['backup', '--stdin'], {
      env: {
        RESTIC_REPOSITORY: repository.access.url,
        RESTIC_PASSWORD: repository.access.password,
        HOME: directory.path,
      },
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    await expect.poll(() => readdir(join(repository.access.url, 'locks')), { timeout: 10_000 }).toHaveLength(1)
    const before = directoryState(repository.access.url)
    const locks = await listLocks(repository, {})
    expect(locks).toEqual([
      { exclusive: false, by: expect.stringContaining(`(${holder.pid})`), since: expect.any(String) },
    ])
    expect(directoryState(repository.access.url)).toEqual(before)

    await unlockStale(repository, {})
    expect(await listLocks(repository, {})).toHaveLength(1)
    const gone = new Promise((resolve) => holder.once('exit', resolve))
    holder.kill('SIGKILL')
    await gone
    await unlockStale(repository, {})
    expect(await listLocks(repository, {})).toEqual([])
    expect(await runRestic(repository, ['list', 'locks', '--no-lock'])).toBe('')
  })

  it('is not asked any more once the signal is aborted', async () => {
    await using directory = temporaryDirectory()
    const { repository } = await makeRepository({ directory: directory.path })
    await expect(listSnapshots(repository, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    })
  })

  it('is compared with what it was, changes first and what they come to last', async () => {
    await using directory = temporaryDirectory()
    const {
      repository,
      source,
      snapshotId: before,
    } = await makeRepository({
      directory: directory.path,
      files: { 'a/gone': 'gone', 'a/kept': 'kept' },
    })
    await writeFiles(source, { 'a/kept': 'changed', new: 'new' })
    await rm(join(source, 'a/gone'))
    const { snapshotId: after } = await backUp(repository, source)
    const lines: DiffLine[] = []
    const end = await watchDiff(repository, { before, after, metadata: false, onLine: (line) => lines.push(line) })
    expect(end.exitCode).toBe(0)
    expect(lines.slice(0, -1)).toEqual([
      { type: 'change', modifier: '-', path: '/a/gone' },
      { type: 'change', modifier: 'M', path: '/a/kept' },
      { type: 'change', modifier: '+', path: '/new' },
    ])
    expect(lines.at(-1)).toMatchObject({
      type: 'summary',
      changed: 1,
      added: { files: 1, folders: 0, others: 0, bytes: expect.any(Number) },
      removed: { files: 1, folders: 0 },
    })
    const wrong: DiffLine[] = []
    const missing = { before, after: '0'.repeat(64), metadata: true, onLine: (line: DiffLine) => wrong.push(line) }
    expect((await watchDiff(repository, missing)).exitCode).toBe(1)
    expect(wrong.every(({ type }) => type === 'text')).toBe(true)
  })
})
