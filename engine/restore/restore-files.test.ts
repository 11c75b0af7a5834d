import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { directoryState } from '../../test/directory-state.ts'
import { makeRepository, requireTool } from '../../test/restic.ts'
import { plan, planAndRestore, targetOf } from '../../test/restore.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { PATTERN_LIMIT } from './restore-pass.ts'

requireTool('restic')('restoring with the real restic', () => {
  it('gives back content, type, mode, time, links and byte names exactly', async () => {
    await using directory = temporaryDirectory()
    const source = writeOddSource(join(directory.path, 'source'))
    const made = await makeRepository({ directory: directory.path, source })
    const targetPath = join(directory.path, 'staging', 'run-1')
    const { prepared, outcome, events, ledger } = await planAndRestore({ ...made, targetPath })

    expect(outcome).toMatchObject({ state: 'succeeded', fault: null, remark: '' })
    expect(directoryState(targetPath)).toEqual(directoryState(source))
    expect(lstatSync(targetPath).mode & 0o777).toBe(0o700)
    expect(lstatSync(join(targetPath, 'b.hard')).ino).toBe(lstatSync(join(targetPath, 'a.txt')).ino)

    expect(outcome).toMatchObject({ exceptions: [], evidence: { equal: prepared.files, different: 0, unread: 0 } })
    expect(ledger.size).toBe(directoryState(source).length)
    expect([...ledger.values()].every((item) => item.action === 'restored')).toBe(true)
    expect([...ledger.keys()].filter((path) => path.startsWith('/caf')).sort()).toEqual([
      '/caf\udce8',
      '/caf\udce9',
      '/caf\ufffd',
    ])
    expect(events.findLast((event) => event.type === 'progress')).toMatchObject({
      phase: 'finishing',
      filesDone: prepared.files,
      bytesDone: prepared.bytes,
    })
  })

  it('restores the selected file alone, with the folders above it as they were', async () => {
    await using directory = temporaryDirectory()
    const source = writeOddSource(join(directory.path, 'source'))
    const made = await makeRepository({ directory: directory.path, source })
    const targetPath = join(directory.path, 'run')
    const { outcome, ledger } = await planAndRestore({
      ...made,
      targetPath,
      include: ['/caf\udce9', '/deep/read-only/file'],
    })

    expect(outcome.state).toBe('succeeded')
    expect([...ledger.keys()].sort()).toEqual(['/caf\udce9', '/deep', '/deep/read-only', '/deep/read-only/file'])
    const wanted = directoryState(source).filter((line) => /^\.\/(caf\u00e9|deep(\/read-only(\/file)?)?) /.test(line))
    expect(directoryState(targetPath)).toEqual(wanted)
  })

  it('follows rules within rules, whatever the names', async () => {
    await using directory = temporaryDirectory()
    const source = writeOddSource(join(directory.path, 'source'))
    for (const name of ['deep/other', 'deep/[a-z]', 'deep/m']) writeFileSync(join(source, name), name)
    const made = await makeRepository({ directory: directory.path, source })
    const cases = [
      { include: ['/'], exclude: ['/caf\udce8', '/deep/[a-z]'], without: /^\.\/(caf\u00e8|deep\/\[a-z\]) / },
      {
        include: ['/', '/deep/m'],
        exclude: ['/deep'],
        without: /^\.\/deep\/(other|\[a-z\]|read-only|read-only\/file) /,
      },
      { include: ['/deep'], exclude: ['/deep/[a-z]', '/deep/read-only'], without: /^\.\/(?!deep(\/other|\/m)? )/ },
    ]
    for (const [index, { without, ...selection }] of cases.entries()) {
      const targetPath = join(directory.path, `run-${index}`)
      expect((await planAndRestore({ ...made, targetPath, ...selection })).outcome.state).toBe('succeeded')
      expect(directoryState(targetPath)).toEqual(directoryState(source).filter((line) => !without.test(line)))
    }
  })

  it('goes through several passes as through one', async () => {
    await using directory = temporaryDirectory()
    const names = Array.from({ length: 2 * PATTERN_LIMIT + 10 }, (_, index) => `many/${index}`)
    const files = Object.fromEntries(names.map((name) => [name, `content of ${name}`]))
    const made = await makeRepository({ directory: directory.path, files })
    const include = names.filter((_, index) => index % 2 === 0).map((name) => `/${name}`)
    const targetPath = join(directory.path, 'run')
    const wanted = { ...made, targetPath, include, excerptFrom: Number.POSITIVE_INFINITY }
    const prepared = await plan(wanted)
    expect(prepared.passes).toHaveLength(2)
    const { outcome, ledger, events } = await planAndRestore(wanted)
    expect(outcome).toMatchObject({ state: 'succeeded', exceptions: [] })
    expect([...ledger.keys()].sort()).toEqual(['/many', ...include].sort())
    expect(events.findLast((event) => event.type === 'progress')).toMatchObject({
      bytesDone: prepared.bytes,
      filesDone: include.length,
    })
    expect(readFileSync(join(targetPath, 'many/8'), 'utf8')).toBe('content of many/8')
  })

  it('refuses a folder that came to hold something since it was checked', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path, files: { a: 'a' } })
    const targetPath = join(directory.path, 'run')
    const target = await targetOf({ ...made, targetPath })
    mkdirSync(targetPath)
    writeFileSync(join(targetPath, 'precious'), 'mine')
    const prepared = await plan({ ...made, targetPath: `${targetPath}-other` })
    const { outcome } = await planAndRestore({ ...made, targetPath }, { prepared, target })
    expect(outcome).toMatchObject({ state: 'failed', fault: { code: 'conflict', data: { what: 'target_not_empty' } } })
    expect(directoryState(targetPath)).toHaveLength(1)
  })
})

/** A folder with something of every kind that a file system has. */
function writeOddSource(source: string): string {
  mkdirSync(join(source, 'deep/read-only'), { recursive: true })
  mkdirSync(join(source, 'empty'))
  writeFileSync(join(source, 'a.txt'), 'a')
  writeFileSync(join(source, 'zero'), '')
  writeFileSync(join(source, 'large.bin'), Buffer.alloc(3_000_000, 'large'))
  writeFileSync(join(source, 'deep/read-only/file'), 'file')
  writeFileSync(join(source, 'new\nline "quoted" *?[]\\ '), 'odd')
  for (const name of ['caf\xe9', 'caf\xe8']) writeFileSync(bytePath(source, Buffer.from(name, 'latin1')), `odd ${name}`)
  writeFileSync(join(source, 'caf\ufffd'), 'the replacement character itself')
  writeFileSync(join(source, 'x'.repeat(255)), 'long')
  linkSync(join(source, 'a.txt'), join(source, 'b.hard'))
  symlinkSync('a.txt', join(source, 'link'))
  symlinkSync('/nowhere\n', join(source, 'dangling'))
  execFileSync('mkfifo', [join(source, 'pipe')])
  chmodSync(join(source, 'a.txt'), 0o640)
  utimesSync(join(source, 'a.txt'), 1_000_000_000.123, 1_000_000_000.456)
  chmodSync(join(source, 'deep/read-only'), 0o500)
  return source
}

function bytePath(folder: string, name: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${folder}/`), name])
}
