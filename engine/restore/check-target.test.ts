import { chmodSync, lchownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ReasonCode } from '../../contract/reasons.ts'
import { directoryState } from '../../test/directory-state.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { checkTarget } from './check-target.ts'

const asRoot = process.geteuid?.() === 0
const STRANGER = 65_534

const because = (code: ReasonCode) => ({ what: 'target_unusable', why: { code } })

describe('checking a target', () => {
  it('takes a fresh folder below the staging root, and creates nothing', async () => {
    await using directory = temporaryDirectory()
    const stagingRoot = join(directory.path, 'not/yet/there')
    const checked = await checkTarget({ ...question(directory.path), stagingRoot, target: { kind: 'staging' } })
    expect(checked.path).toBe(join(stagingRoot, 'run-1'))
    expect(checked.free).toBeGreaterThan(0)
    expect(directoryState(directory.path)).toEqual([])
  })

  it('takes a folder that is absent or empty, by its real path', async () => {
    await using directory = temporaryDirectory()
    mkdirSync(join(directory.path, 'real/empty'), { recursive: true })
    symlinkSync('real', join(directory.path, 'alias'))
    for (const name of ['empty', 'absent']) {
      const checked = await check(directory.path, join(directory.path, 'alias', name))
      expect(checked.path).toBe(join(directory.path, 'real', name))
    }
  })

  it('takes a folder that holds something, and any place to restore in place, as not fresh', async () => {
    await using directory = temporaryDirectory()
    writeFileSync(join(directory.path, 'file'), 'x')
    expect(await check('/srv', directory.path)).toMatchObject({ path: directory.path, fresh: false })
    const inPlace = await checkTarget({ ...question('/srv'), target: { kind: 'in-place' } })
    expect(inPlace).toEqual({ path: '/', fresh: false, free: null })
  })

  it('refuses a staging folder that is there already', async () => {
    await using directory = temporaryDirectory()
    mkdirSync(join(directory.path, 'staging/run-1'), { recursive: true })
    const refused = { code: 'conflict', data: { what: 'target_not_empty' } }
    const checked = checkTarget({ ...question(directory.path), target: { kind: 'staging' } })
    await expect(checked).rejects.toMatchObject(refused)
  })

  it.each([
    ['a file', 'full/file', because('target_not_a_folder')],
    ['a folder below a file', 'full/file/below', because('target_not_a_folder')],
    ['a symbolic link', 'link', because('target_link')],
    ['a folder whose parent does not exist', 'absent/below', because('target_without_parent')],
    ['a name that is not UTF-8', 'caf\udce9', because('target_name')],
    ['the repository', 'repository', { what: 'target_in_repository' }],
    ['a folder within the repository', 'repository/data', { what: 'target_in_repository' }],
    ['a folder that would hold the repository', 'later', { what: 'target_in_repository' }],
  ])('refuses %s', async (_, name, data) => {
    await using directory = temporaryDirectory()
    mkdirSync(join(directory.path, 'full'))
    writeFileSync(join(directory.path, 'full/file'), 'x')
    symlinkSync('elsewhere', join(directory.path, 'link'))
    mkdirSync(join(directory.path, 'repository/data'), { recursive: true })
    const repositoryUrl =
      name === 'later' ? join(directory.path, 'later/repository') : join(directory.path, 'repository')
    const target = { kind: 'path', path: join(directory.path, name) } as const
    const checked = checkTarget({ ...question(directory.path), repositoryUrl, target })
    await expect(checked).rejects.toMatchObject({ code: 'conflict', data })
  })

  it('refuses the root of the file system', async () => {
    await expect(check('/srv', '/')).rejects.toMatchObject({ code: 'conflict', data: { what: 'target_unusable' } })
    await expect(check('/srv', '/srv/..')).rejects.toMatchObject({ data: { what: 'target_unusable' } })
  })

  it.runIf(asRoot)('refuses, as root, a place that another user could exchange while files are written', async () => {
    await using directory = temporaryDirectory()
    const home = join(directory.path, 'home')
    mkdirSync(join(home, 'empty'), { recursive: true })
    expect((await check(directory.path, join(home, 'empty'))).path).toBe(join(home, 'empty'))
    lchownSync(home, STRANGER, STRANGER)
    const refused = { code: 'conflict', data: { what: 'target_unusable', detail: expect.stringContaining(home) } }
    await expect(check(directory.path, join(home, 'empty'))).rejects.toMatchObject(refused)
    lchownSync(home, 0, 0)
    chmodSync(home, 0o777)
    await expect(check(directory.path, join(home, 'empty'))).rejects.toMatchObject(refused)
    chmodSync(home, 0o1777)
    await expect(check(directory.path, join(home, 'empty'))).resolves.toBeDefined()
    lchownSync(join(home, 'empty'), STRANGER, STRANGER)
    await expect(check(directory.path, join(home, 'empty'))).rejects.toMatchObject(refused)
  })

  it.runIf(asRoot)('refuses, as root, a folder that holds something and that others may write to', async () => {
    await using directory = temporaryDirectory()
    const shared = join(directory.path, 'shared')
    mkdirSync(join(shared, 'home'), { recursive: true })
    expect(await check('/srv', shared)).toMatchObject({ path: shared, fresh: false })
    const refused = { code: 'conflict', data: { what: 'target_unusable', detail: expect.stringContaining(shared) } }
    // Of a folder such as /tmp what is in it may be anybody's.
    for (const mode of [0o777, 0o1777]) {
      chmodSync(shared, mode)
      await expect(check('/srv', shared)).rejects.toMatchObject(refused)
    }
    chmodSync(shared, 0o2775)
    lchownSync(shared, 0, STRANGER)
    await expect(check('/srv', shared)).rejects.toMatchObject(refused)
    lchownSync(shared, 0, 0)
    await expect(check('/srv', shared)).resolves.toBeDefined()
  })

  it.runIf(asRoot)('takes, as root, an empty folder that others may write to: it is closed to them first', async () => {
    await using directory = temporaryDirectory()
    const empty = join(directory.path, 'empty')
    mkdirSync(empty)
    chmodSync(empty, 0o777)
    expect(await check('/srv', empty)).toMatchObject({ path: empty, fresh: true })
  })
})

function question(directory: string) {
  return { stagingRoot: join(directory, 'staging'), runId: 'run-1', repositoryUrl: 'rest:http://127.0.0.1:8000/' }
}

function check(directory: string, path: string) {
  return checkTarget({ ...question(directory), target: { kind: 'path', path } })
}
