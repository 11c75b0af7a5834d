import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { directoryState } from '../../test/directory-state.ts'
import { backUp, type MadeRepository, makeRepository, requireTool, restic } from '../../test/restic.ts'
import { plan, planAndRestore } from '../../test/restore.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../../test/temporary-directory.ts'
import type { ResticRepository } from '../restic/repository.ts'
import type { RestoreFilesRequest } from './run-passes.ts'

const asRoot = process.geteuid?.() === 0
const STRANGER = 65_534
const MEBIBYTE = 2 ** 20

requireTool('restic')('a restore in which something goes wrong', () => {
  it.each([
    ['is gone', (pack: string) => execFileSync('rm', ['-f', pack])],
    ['has a flipped bit', flipBit],
  ])('is partial when a pack %s: the ledger names the damaged file, the others are whole', async (_, damage) => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({
      directory: directory.path,
      files: { 'good/one': noise(1), 'good/two': noise(2) },
    })
    const packs = new Set(packsOf(directory.path))
    writeFileSync(join(made.source, 'damaged'), noise(3, 2 * MEBIBYTE))
    const second = await backUp(made.repository, made.source)
    damage(largest(packsOf(directory.path).filter((pack) => !packs.has(pack))))

    const targetPath = join(directory.path, 'run')
    const { outcome, ledger, events } = await planAndRestore({ ...made, ...second, targetPath })
    expect(outcome).toMatchObject({ state: 'partial', fault: null })
    expect(outcome.remark).toContain('2 of 3 files (128.0 KiB) are complete')
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
      files: { 'old/file': noise(1), 'new/file': noise(2) },
    })
    const packs = new Set(packsOf(directory.path))
    writeFileSync(join(made.source, 'new/other'), 'other')
    const second = await backUp(made.repository, made.source)
    // The first pack of listings has that of the folder that did not change; the copies in the cache must not help.
    const [listings] = [...packs].toSorted((left, right) => statSync(left).size - statSync(right).size)
    rmSync(listings ?? '')
    const repository = { ...made.repository, cacheDirectory: join(directory.path, 'empty-cache') }

    const targetPath = join(directory.path, 'run')
    const { outcome, ledger } = await planAndRestore({ ...made, ...second, repository, targetPath })
    expect(outcome).toMatchObject({ state: 'partial', fault: null })
    expect([...ledger.values()].filter((item) => item.action === 'failed')).toMatchObject([{ path: '/old' }])
    expect(directoryState(join(targetPath, 'new'))).toEqual(directoryState(join(made.source, 'new')))
  })

  it.runIf(asRoot)('fails for want of space, though restic counts every file as restored', async () => {
    await using directory = temporaryDirectory()
    const files = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`f${index}`, noise(index, MEBIBYTE)]))
    const made = await makeRepository({ directory: directory.path, files })
    await using disk = smallDisk(join(directory.path, 'disk'), '4m')
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
    expect(outcome).toMatchObject({ state: 'failed', fault: { code: 'wrong_password' }, remark: '', items: null })
    expect(ledger.size).toBe(0)
    expect(directoryState(targetPath)).toEqual([])
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

requireTool('restic')('a slow restore', () => {
  let directory: TemporaryDirectory
  let made: MadeRepository
  beforeAll(async () => {
    directory = temporaryDirectory()
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`f${index}`, noise(index, MEBIBYTE)]))
    made = await makeRepository({ directory: directory.path, files })
  })
  afterAll(() => directory[Symbol.asyncDispose]())

  it('really ends restic when it is cancelled, and says what is left on disk', async () => {
    const slow = slowRestic(join(directory.path, 'cancelled'), made.repository)
    const targetPath = join(directory.path, 'cancelled/run')
    const prepared = await plan({ ...made, targetPath })
    const cancel = new AbortController()
    const restoring = planAndRestore(
      { ...made, repository: slow.repository, targetPath },
      {
        prepared,
        signal: cancel.signal,
        graceMilliseconds: 1000,
        onEvent: (event) => event.type === 'item' && cancel.abort(),
      },
    )
    const { outcome, ledger } = await restoring
    expect(outcome).toMatchObject({ state: 'cancelled', fault: null })
    const finished = [...ledger.values()].filter((item) => item.action === 'restored')
    expect(finished.length).toBeGreaterThan(0)
    expect(finished.length).toBeLessThan(40)
    expect(ledger.size).toBe(finished.length)
    expect(outcome.remark).toContain(`${finished.length} of 40 files`)
    expect(outcome.remark).toContain(targetPath)
    expect(isRunning(slow.pid())).toBe(false)
    for (const { path } of finished) expectEqualFiles(join(targetPath, path), join(made.source, path))
  })

  it('is cancelled before it began when it was told so before', async () => {
    const targetPath = join(directory.path, 'never')
    const { outcome, ledger } = await planAndRestore({ ...made, targetPath }, { signal: AbortSignal.abort() })
    expect(outcome).toMatchObject({ state: 'cancelled', items: null })
    expect(outcome.remark).toContain('No file was finished')
    expect(ledger.size).toBe(0)
  })

  it('fails when restic is killed, and names what was not finished', async () => {
    const slow = slowRestic(join(directory.path, 'killed'), made.repository)
    const targetPath = join(directory.path, 'killed/run')
    const prepared = await plan({ ...made, targetPath })
    const kill = () => process.kill(slow.pid(), 'SIGKILL')
    const restoring = planAndRestore(
      { ...made, repository: slow.repository, targetPath },
      { prepared, onEvent: once((event) => event.type === 'item', kill) },
    )
    const { outcome, ledger } = await restoring
    expect(outcome).toMatchObject({ state: 'failed', fault: { code: 'tool_failed', data: { tool: 'restic' } } })
    expect(ledger.size).toBe(40)
    const finished = [...ledger.values()].filter((item) => item.action === 'restored')
    for (const { path } of finished) expectEqualFiles(join(targetPath, path), join(made.source, path))
    expect(finished.length).toBeLessThan(40)
    expect(outcome.remark).toContain(`${finished.length} of 40 files`)
  })
})

requireTool('restic')('a restic that cannot be trusted', () => {
  it.each([
    ['reports success and does nothing', 'exit 0', { state: 'failed', fault: { code: 'tool_failed' } }],
    ['crashes', 'echo "panic: runtime error" >&2; exit 2', { state: 'failed', fault: { code: 'tool_failed' } }],
    ['prints garbage', 'head -c 100000 /dev/urandom; head -c 1000 /dev/zero >&2; exit 0', { state: 'failed' }],
    [
      'lies about a file',
      `echo '{"message_type":"verbose_status","action":"restored","item":"/a","size":1}'; exit 0`,
      { state: 'failed', fault: { code: 'tool_failed' } },
    ],
    [
      'is locked out',
      `echo '{"message_type":"exit_error","code":11,"message":"repository is already locked by PID 7 on web by root (UID 0, GID 0)"}' >&2; exit 11`,
      { state: 'failed', fault: { code: 'repository_locked' } },
    ],
  ])('is found out when it %s', async (_, script, expected) => {
    await using directory = temporaryDirectory()
    const { outcome } = await withScript(directory.path, script)
    expect(outcome).toMatchObject(expected)
  })

  it('is not believed when a file is shorter than it should be', async () => {
    await using directory = temporaryDirectory()
    const said = (item: string) =>
      `echo '{"message_type":"verbose_status","action":"restored","item":"${item}","size":1}'`
    const script = `while [ "$1" != --target ]; do shift; done; printf x > "$2/a"; : > "$2/b"; ${said('/a')}; ${said('/b')}`
    const { outcome, ledger } = await withScript(directory.path, script)
    expect(outcome.state).toBe('partial')
    expect(ledger.get('/a')).toMatchObject({ action: 'restored' })
    expect(ledger.get('/b')).toMatchObject({
      action: 'failed',
      reason: 'It has 0 bytes on disk and 1 in the snapshot.',
    })
  })

  it('is killed when it does not heed being stopped, with all that it started', async () => {
    await using directory = temporaryDirectory()
    const cancel = new AbortController()
    const deaf = `trap '' TERM; echo $$ > '${directory.path}/pid'; echo begun; while :; do sleep 1; done`
    const { outcome } = await withScript(directory.path, deaf, {
      signal: cancel.signal,
      graceMilliseconds: 300,
      onEvent: (event) => event.type === 'log' && event.text === 'begun' && cancel.abort(),
    })
    expect(outcome).toMatchObject({ state: 'cancelled', fault: null })
    expect(isRunning(Number(readFileSync(join(directory.path, 'pid'), 'utf8')))).toBe(false)
  })

  it('is missed when it is not there', async () => {
    await using directory = temporaryDirectory()
    const { outcome } = await withScript(directory.path, undefined)
    expect(outcome).toMatchObject({ state: 'failed', fault: { code: 'tool_missing' } })
  })
})

/** Plan with the real restic and restore with a shell script in its place; two files, `a` and `b`, of a byte each. */
async function withScript(directory: string, script: string | undefined, more: Partial<RestoreFilesRequest> = {}) {
  const made = await makeRepository({ directory, files: { a: 'a', b: 'b' } })
  const targetPath = join(directory, 'run')
  const prepared = await plan({ ...made, targetPath })
  const path = join(directory, 'restic')
  if (script !== undefined) writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  const repository = { ...made.repository, restic: { path, version: '0.18.0' } }
  return await planAndRestore({ ...made, repository, targetPath }, { ...more, prepared })
}

/** The same repository by a restic that reads it at 8 MiB a second and leaves its process number behind. */
function slowRestic(directory: string, repository: ResticRepository) {
  mkdirSync(directory)
  const [path, number] = [join(directory, 'restic'), join(directory, 'pid')]
  const script = `#!/bin/sh\necho $$ > '${number}'\nexec '${restic().path}' --limit-download 8192 "$@"\n`
  writeFileSync(path, script, { mode: 0o755 })
  return {
    repository: { ...repository, restic: { ...repository.restic, path } },
    pid: () => Number(readFileSync(number, 'utf8')),
  }
}

function smallDisk(path: string, size: string): AsyncDisposable & { readonly path: string } {
  mkdirSync(path)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', path])
  return { path, [Symbol.asyncDispose]: async () => void execFileSync('umount', [path]) }
}

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

/** Bytes that do not compress, the same ones for the same seed. */
function noise(seed: number, length = MEBIBYTE / 16): Buffer {
  let state = seed + 1
  return Buffer.from(
    Uint8Array.from({ length }, () => (state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 24),
  )
}

function once<T>(wanted: (value: T) => boolean, act: () => void): (value: T) => void {
  let done = false
  return (value) => {
    if (done || !wanted(value)) return
    done = true
    act()
  }
}

function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}`)
}

function expectEqualFiles(one: string, other: string): void {
  // Not toEqual: it would print a mebibyte of difference.
  expect(readFileSync(one).equals(readFileSync(other))).toBe(true)
}
