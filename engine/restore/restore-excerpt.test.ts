import { execFileSync } from 'node:child_process'
import { chmodSync, linkSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { directoryState } from '../../test/directory-state.ts'
import { leaveExclusiveLock } from '../../test/leave-lock.ts'
import { mayMount, readOnly } from '../../test/mount.ts'
import { noise } from '../../test/noise.ts'
import { startRestServer } from '../../test/rest-server.ts'
import { backUp, makeRepository, requireTool } from '../../test/restic.ts'
import { backUpPaths, plan, planAndRestore } from '../../test/restore.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { EXCERPT_FROM } from './restore-pass.ts'

const MEBIBYTE = 2 ** 20
const mountable = mayMount()
/** Any selection at all. */
const excerptFrom = 0

requireTool('restic')('restoring from an excerpt', () => {
  it('brings many scattered files, all of them and no other, in one call', async () => {
    await using directory = temporaryDirectory()
    const names = Array.from({ length: 4 * EXCERPT_FROM }, (_, at) => `${at % 40}/${at}`)
    const made = await makeRepository({
      directory: directory.path,
      files: Object.fromEntries(names.map((name) => [name, `content of ${name}`])),
    })
    const include = names.filter((_, at) => at % 3 === 0).map((name) => `/${name}`)
    const targetPath = join(directory.path, 'run')
    const { outcome, prepared, ledger } = await planAndRestore({ ...made, targetPath, include })
    expect(prepared.passes).toMatchObject([{ byExcerpt: true, patterns: { kind: 'include' } }])
    expect(outcome).toMatchObject({
      state: 'succeeded',
      exceptions: [],
      others: [],
      evidence: { equal: include.length },
    })
    expect([...ledger.keys()].filter((path) => path.split('/').length === 3).sort()).toEqual(include.toSorted())
    const wanted = directoryState(made.source).filter((line) =>
      include.some(
        (path) => line.startsWith(`.${path} `) || line.startsWith(`.${path.slice(0, path.lastIndexOf('/'))} `),
      ),
    )
    expect(directoryState(targetPath)).toEqual(wanted)
  })

  it('in place changes what differs, links what was linked, and lets the rest be', async () => {
    await using directory = temporaryDirectory()
    const host = join(directory.path, 'host')
    mkdirSync(join(host, 'a/b'), { recursive: true })
    for (const name of ['same', 'changed', 'gone', 'other', 'b/one']) writeFileSync(join(host, 'a', name), `is ${name}`)
    linkSync(join(host, 'a/b/one'), join(host, 'a/b/two'))
    chmodSync(join(host, 'a/changed'), 0o4750)
    const { repository } = await makeRepository({ directory: directory.path })
    const made = { repository, ...(await backUpPaths(repository, [host])) }
    const before = filesOf(host)
    writeFileSync(join(host, 'a/changed'), 'in another way, longer')
    for (const name of ['gone', 'b/one', 'b/two']) rmSync(join(host, 'a', name))
    const include = ['same', 'changed', 'gone', 'b/one', 'b/two'].map((name) => join(host, 'a', name))
    const { outcome, ledger } = await planAndRestore({ ...made, include, targetPath: null, excerptFrom })
    expect(outcome).toMatchObject({ state: 'succeeded', exceptions: [], others: [] })
    const actions = include.map((path) => ledger.get(path)?.action)
    expect(actions).toEqual(['unchanged', 'updated', 'restored', 'restored', 'restored'])
    expect(statSync(join(host, 'a/b/one')).ino).toBe(statSync(join(host, 'a/b/two')).ino)
    expect(filesOf(host)).toEqual(before)
  })

  it('is partial when a pack is gone: what needs it fails by name, the others are read back', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path, files: { 'good/one': 'one', 'good/two': 'two' } })
    const packs = new Set(packsOf(directory.path))
    writeFileSync(join(made.source, 'damaged'), noise(3, 2 * MEBIBYTE))
    const second = await backUp(made.repository, made.source)
    const added = packsOf(directory.path).filter((pack) => !packs.has(pack))
    rmSync(added.toSorted((left, right) => statSync(right).size - statSync(left).size)[0] ?? '')
    const targetPath = join(directory.path, 'run')
    const include = ['/damaged', '/good/one']
    const { outcome, ledger } = await planAndRestore({ ...made, ...second, include, targetPath, excerptFrom })
    expect(outcome).toMatchObject({ state: 'partial', fault: null, evidence: { equal: 1, different: 1, unread: 0 } })
    expect(ledger.get('/damaged')).toMatchObject({ action: 'failed' })
    expect(ledger.get('/good/one')).toMatchObject({ action: 'restored', reason: '' })
  })

  it('locks the repository while it goes on, and waits for nobody who has it to himself', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path, files: { a: noise(1, MEBIBYTE), b: 'b' } })
    const wanted = { ...made, include: ['/a'], excerptFrom }
    const locks = join(directory.path, 'repository/locks')
    const seen = new Set<string>()
    const watch = setInterval(() => lockIds(locks).forEach((id) => seen.add(id)), 1)
    await planAndRestore({ ...wanted, targetPath: join(directory.path, 'one') })
    clearInterval(watch)
    expect(seen.size).toBe(1)
    expect(readdirSync(locks)).toEqual([])

    const prepared = await plan({ ...wanted, targetPath: join(directory.path, 'two') })
    await leaveExclusiveLock(made.repository)
    const { outcome } = await planAndRestore({ ...wanted, targetPath: join(directory.path, 'two') }, { prepared })
    expect(outcome).toMatchObject({ state: 'failed', fault: { code: 'repository_locked' } })
    expect(directoryState(join(directory.path, 'two'))).toEqual([])
  })

  it.runIf(mountable)('reads a repository on read-only media without a lock', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path, files: { a: 'a', b: 'b' } })
    await using media = readOnly(join(directory.path, 'repository'), join(directory.path, 'media'))
    const repository = { ...made.repository, access: { ...made.repository.access, url: media.path } }
    const targetPath = join(directory.path, 'run')
    const { outcome, events } = await planAndRestore({ ...made, repository, include: ['/a'], targetPath, excerptFrom })
    expect(outcome).toMatchObject({ state: 'succeeded', fault: null })
    expect(events).toContainEqual({ type: 'log', level: 'warning', text: expect.stringContaining('without a lock') })
  })

  it('is stopped before it is made', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path, files: { a: 'a', b: 'b' } })
    const stop = new AbortController()
    stop.abort()
    const wanted = { ...made, include: ['/a'], targetPath: join(directory.path, 'run'), excerptFrom }
    const { outcome } = await planAndRestore(wanted, { signal: stop.signal })
    expect(outcome).toMatchObject({ state: 'cancelled', exceptions: [{ action: 'skipped' }] })
  })
})

requireTool('restic', 'rest-server')('restoring from an excerpt of a repository on a server', () => {
  it('brings it, and leaves the lock on that server', async () => {
    await using directory = temporaryDirectory()
    await using server = await startRestServer({ directory: directory.path, users: { us: 'secret' } })
    const access = { url: `rest:${server.url}us`, username: 'us', serverPassword: 'secret' }
    const made = await makeRepository({ directory: directory.path, files: { a: noise(1, MEBIBYTE), b: 'b' }, access })
    const targetPath = join(directory.path, 'run')
    const locks = join(server.repositoryDirectory('us'), 'locks')
    const seen = new Set<string>()
    const watch = setInterval(() => lockIds(locks).forEach((id) => seen.add(id)), 1)
    const { outcome } = await planAndRestore({ ...made, include: ['/a'], targetPath, excerptFrom })
    clearInterval(watch)
    expect(outcome).toMatchObject({ state: 'succeeded', exceptions: [], evidence: { equal: 1 } })
    expect(seen.size).toBe(1)
    expect(readdirSync(locks)).toEqual([])
  })
})

/** Folders in which something was restored have another time now. */
function filesOf(root: string): string[] {
  return directoryState(root).filter((line) => !/^\.\/a(\/b)? /.test(line))
}

/** Files that are not whole yet have other names. */
function lockIds(folder: string): string[] {
  return readdirSync(folder).filter((name) => /^[0-9a-f]{64}$/.test(name))
}

function packsOf(directory: string): string[] {
  const packs = execFileSync('find', [join(directory, 'repository/data'), '-type', 'f'], { encoding: 'utf8' })
  return packs.trim().split('\n')
}
