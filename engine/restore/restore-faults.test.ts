import { execFileSync } from 'node:child_process'
import { chmodSync, lchownSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { directoryState } from '../../test/directory-state.ts'
import { mayMount, readOnly, smallDisk } from '../../test/mount.ts'
import { noise } from '../../test/noise.ts'
import { backUp, makeRepository, requireTool } from '../../test/restic.ts'
import { plan, planAndRestore } from '../../test/restore.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'

const asRoot = process.geteuid?.() === 0
const mountable = mayMount()
const STRANGER = 65_534
const SMALL = 64 * 1024
const MEBIBYTE = 1024 * 1024

requireTool('restic')('a restore in which something goes wrong', () => {
  it.each([
    ['is gone', (pack: string) => execFileSync('rm', ['-f', pack])],
    ['has a flipped bit', flipBit],
  ])('is partial when a pack %s: the ledger names the damaged file, the others are whole', async (_, damage) => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({
      directory: directory.path,
      files: { 'good/one': noise(1, SMALL), 'good/two': noise(2, SMALL) },
    })
    const packs = new Set(packsOf(directory.path))
    writeFileSync(join(made.source, 'damaged'), noise(3, 2 * MEBIBYTE))
    const second = await backUp(made.repository, made.source)
    damage(largest(packsOf(directory.path).filter((pack) => !packs.has(pack))))

    const targetPath = join(directory.path, 'run')
    const { outcome, ledger, events } = await planAndRestore({ ...made, ...second, targetPath })
    expect(outcome).toMatchObject({ state: 'partial', fault: null })
    expect(outcome.remark).toContain('2 of 3 files (128.0 KiB) are complete')
    // restic does not verify what it could not restore whole: its dry run has read the others back.
    expect(outcome.evidence).toMatchObject({ equal: 2, equalBytes: 2 * SMALL, different: 1, unread: 0 })
    expect(outcome.remark).toContain('can look whole')
    expect(ledger.get('/damaged')).toMatchObject({ action: 'failed', size: 2 * MEBIBYTE })
    expect(ledger.get('/damaged')?.reason).not.toBe('')
    expect(ledger.get('/good/one')).toMatchObject({ action: 'restored', reason: '' })
    expect(directoryState(join(targetPath, 'good'))).toEqual(directoryState(join(made.source, 'good')))
    expect(events).toContainEqual({ type: 'log', level: 'error', text: expect.stringContaining('/damaged: ') })
  })

  it('is partial when a folder cannot be read: the folder is named, the rest is whole', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({
      directory: directory.path,
      files: { 'old/file': noise(1, SMALL), 'new/file': noise(2, SMALL) },
    })
    const packs = new Set(packsOf(directory.path))
    writeFileSync(join(made.source, 'new/other'), 'other')
    const second = await backUp(made.repository, made.source)
    // The first pack of listings has that of the folder that did not change; the copies in the cache must not help.
    const [listings] = [...packs].toSorted((left, right) => statSync(left).size - statSync(right).size)
    rmSync(listings ?? '')
    const repository = { ...made.repository, cacheDirectory: join(directory.path, 'empty-cache') }

    const targetPath = join(directory.path, 'run')
    const { prepared, outcome, ledger } = await planAndRestore({ ...made, ...second, repository, targetPath })
    expect(outcome).toMatchObject({ state: 'partial', fault: null })
    expect(prepared.unreadable).toEqual(['/old'])
    expect([...ledger.values()].filter((item) => item.action === 'failed')).toMatchObject([{ path: '/old' }])
    expect(directoryState(join(targetPath, 'new'))).toEqual(directoryState(join(made.source, 'new')))
  })

  it.runIf(mountable)('fails for want of space, though restic counts every file as restored', async () => {
    await using directory = temporaryDirectory()
    const files = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`f${index}`, noise(index, MEBIBYTE)]))
    const made = await makeRepository({ directory: directory.path, files })
    await using disk = smallDisk(join(directory.path, 'disk'), 4)
    const { outcome, ledger } = await planAndRestore({ ...made, targetPath: join(disk.path, 'run') })
    expect(outcome).toMatchObject({ state: 'failed', fault: { code: 'no_space' } })
    expect(outcome.fault?.data).toMatchObject({ needed: expect.any(Number), free: expect.any(Number) })
    const failed = [...ledger.values()].filter((item) => item.action === 'failed')
    expect(failed.length).toBeGreaterThan(3)
    expect(ledger.size).toBe(8)
    expect(outcome.remark).toContain(`${8 - failed.length} of 8 files`)
  })

  it('fails with what opening the repository says, and writes nothing', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path, files: { a: 'a' } })
    const targetPath = join(directory.path, 'run')
    const prepared = await plan({ ...made, targetPath })
    const access = { ...made.repository.access, password: 'guessed' }
    const repository = { ...made.repository, access }
    const { outcome, ledger } = await planAndRestore({ ...made, repository, targetPath }, { prepared })
    expect(outcome).toMatchObject({ state: 'failed', fault: { code: 'wrong_password' }, remark: '' })
    expect([...ledger.values()]).toMatchObject([{ path: '/a', action: 'skipped' }])
    expect(directoryState(targetPath)).toEqual([])
  })

  it.runIf(mountable)('reads a repository on read-only media without a lock, and does not wait for one', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path, files: { a: 'a' } })
    await using media = readOnly(join(directory.path, 'repository'), join(directory.path, 'media'))
    const repository = { ...made.repository, access: { ...made.repository.access, url: media.path } }
    const { outcome, events } = await planAndRestore({ ...made, repository, targetPath: join(directory.path, 'run') })
    expect(outcome).toMatchObject({ state: 'succeeded', fault: null })
    expect(events).toContainEqual({ type: 'log', level: 'warning', text: expect.stringContaining('without a lock') })
  })

  it.runIf(asRoot)('does not apply ownership, and leaves no set-user-id behind', async () => {
    await using directory = temporaryDirectory()
    const source = join(directory.path, 'source')
    mkdirSync(join(source, 'home'), { recursive: true })
    writeFileSync(join(source, 'home/su'), 'program')
    for (const name of ['home/su', 'home']) lchownSync(join(source, name), STRANGER, STRANGER)
    chmodSync(join(source, 'home/su'), 0o6755)
    chmodSync(join(source, 'home'), 0o500)
    const made = await makeRepository({ directory: directory.path, source })
    const targetPath = join(directory.path, 'run')
    expect((await planAndRestore({ ...made, targetPath })).outcome.state).toBe('succeeded')
    expect(lstatSync(join(targetPath, 'home/su'))).toMatchObject({ uid: 0, gid: 0 })
    expect(lstatSync(join(targetPath, 'home/su')).mode & 0o7777).toBe(0o755)
    expect(lstatSync(join(targetPath, 'home'))).toMatchObject({ uid: 0, gid: 0 })
    expect(lstatSync(join(targetPath, 'home')).mode & 0o7777).toBe(0o500)
  })
})

function packsOf(directory: string): string[] {
  const packs = execFileSync('find', [join(directory, 'repository/data'), '-type', 'f'], { encoding: 'utf8' })
  return packs.trim().split('\n')
}

function largest(packs: readonly string[]): string {
  return packs.toSorted((left, right) => statSync(right).size - statSync(left).size)[0] ?? ''
}

function flipBit(pack: string): void {
  const content = readFileSync(pack)
  content.writeUInt8(content.readUInt8(content.length >> 1) ^ 1, content.length >> 1)
  chmodSync(pack, 0o600)
  writeFileSync(pack, content)
}
