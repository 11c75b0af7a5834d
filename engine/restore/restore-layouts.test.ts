import { execFileSync } from 'node:child_process'
import { chmodSync, lchownSync, lstatSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { directoryState } from '../../test/directory-state.ts'
import { backUp, makeRepository, requireTool } from '../../test/restic.ts'
import { plan, planAndRestore } from '../../test/restore.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { driftBetween } from './plan-drift.ts'
import { PlanItems } from './plan-items.ts'

const asRoot = process.geteuid?.() === 0
const STRANGER = 65_534
const FILES = { 'home/alice/docs/a': 'a', 'home/alice/docs/sub/b': 'b', 'home/bob/notes': 'n', 'etc/hosts': 'h' }
const selectedOnly = { layout: 'selected-only' } as const

requireTool('restic')('where a restore puts things', () => {
  it('puts what was selected at the top of the target when its path is not wanted', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path, files: FILES })
    const targetPath = join(directory.path, 'run')
    const wanted = {
      ...made,
      targetPath,
      manner: selectedOnly,
      include: ['/home/alice/docs', '/etc/hosts', '/home/bob'],
    }
    const { outcome, ledger } = await planAndRestore({ ...wanted, exclude: ['/home/alice/docs/a'] })
    expect(outcome).toMatchObject({ state: 'succeeded', exceptions: [] })
    const there = ['/bob', '/bob/notes', '/docs', '/docs/sub', '/docs/sub/b', '/hosts']
    expect([...ledger.keys()].sort()).toEqual(there)
    expect(directoryState(targetPath).map((line) => line.split(' ')[0]?.slice(1))).toEqual(there)
    expect(directoryState(join(targetPath, 'docs/sub'))).toEqual(
      directoryState(join(made.source, 'home/alice/docs/sub')),
    )
  })

  it('refuses two selected items of one name where both would stand at the top', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path, files: { 'a/x': '1', 'b/x': '2' } })
    const refused = plan({ ...made, targetPath: '/target', manner: selectedOnly, include: ['/a/x', '/b/x'] })
    await expect(refused).rejects.toMatchObject({ code: 'conflict', data: { what: 'same_name', detail: 'x' } })
  })

  it('changes only what is planned in a folder that held something, and applies no ownership there', async () => {
    await using directory = temporaryDirectory()
    const source = join(directory.path, 'source')
    mkdirSync(join(source, 'data'), { recursive: true })
    writeFileSync(join(source, 'data/program'), 'program')
    if (asRoot) lchownSync(join(source, 'data/program'), STRANGER, STRANGER)
    chmodSync(join(source, 'data/program'), 0o4755)
    const made = await makeRepository({ directory: directory.path, source })
    const targetPath = join(directory.path, 'target')
    mkdirSync(join(targetPath, 'data'), { recursive: true })
    writeFileSync(join(targetPath, 'data/theirs'), 'theirs')
    chmodSync(join(targetPath, 'data/theirs'), 0o4700)
    const theirs = lstatSync(join(targetPath, 'data/theirs'))
    const { outcome, prepared } = await planAndRestore({ ...made, targetPath, include: ['/data/program'] })
    expect(outcome).toMatchObject({ state: 'succeeded', exceptions: [] })
    expect(prepared.items).toHaveLength(1)
    expect(lstatSync(join(targetPath, 'data/program'))).toMatchObject({ uid: process.geteuid?.(), mode: 0o100_755 })
    expect(lstatSync(join(targetPath, 'data/theirs'))).toMatchObject({ mode: theirs.mode, ctimeMs: theirs.ctimeMs })
    const again = await plan({ ...made, targetPath, include: ['/data/program'] })
    expect(again.totals).toMatchObject({ update: { items: 0 }, unchanged: { items: 1 } })
  })

  it('takes from several snapshots, but no path from two of them', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path, files: FILES })
    writeFileSync(join(made.source, 'etc/hosts'), 'hosts of another day')
    const later = await backUp(made.repository, made.source)
    const snapshot = { id: later.snapshotId, treeId: later.treeId, time: '2026-01-06T10:00:00Z', paths: ['/'] }
    const more = [{ snapshot, selection: { include: ['/etc/hosts'], exclude: [] } }]
    const targetPath = join(directory.path, 'run')
    const { outcome } = await planAndRestore({ ...made, targetPath, include: ['/home'], more })
    expect(outcome).toMatchObject({ state: 'succeeded', exceptions: [] })
    expect(readFileSync(join(targetPath, 'etc/hosts'), 'utf8')).toBe('hosts of another day')
    expect(readFileSync(join(targetPath, 'home/bob/notes'), 'utf8')).toBe('n')
    const both = plan({ ...made, targetPath: '/target', include: ['/etc'], more })
    await expect(both).rejects.toMatchObject({ data: { what: 'two_versions', detail: '/etc/hosts' } })
  })

  it('brings holes back as holes, also in a file of more than 4 GiB', async () => {
    await using directory = temporaryDirectory()
    const source = join(directory.path, 'source')
    mkdirSync(source)
    writeFileSync(join(source, 'large'), 'begin')
    truncateSync(join(source, 'large'), 4.5 * 2 ** 30)
    const made = await makeRepository({ directory: directory.path, source })
    const targetPath = join(directory.path, 'run')
    const { outcome } = await planAndRestore({ ...made, targetPath, manner: { readBack: false } })
    expect(outcome).toMatchObject({ state: 'succeeded', exceptions: [], evidence: null })
    expect(lstatSync(join(targetPath, 'large')).size).toBe(4.5 * 2 ** 30)
    expect(lstatSync(join(targetPath, 'large')).blocks * 512).toBeLessThan(2 ** 24)
  })

  it.runIf(asRoot)('makes devices and pipes', async () => {
    await using directory = temporaryDirectory()
    const source = join(directory.path, 'source')
    mkdirSync(source)
    execFileSync('mkfifo', [join(source, 'pipe')])
    execFileSync('mknod', [join(source, 'null'), 'c', '1', '3'])
    const made = await makeRepository({ directory: directory.path, source })
    const { outcome } = await planAndRestore({ ...made, targetPath: join(directory.path, 'run') })
    expect(outcome).toMatchObject({ state: 'succeeded', exceptions: [] })
    expect(lstatSync(join(directory.path, 'run/null')).isCharacterDevice()).toBe(true)
    expect(lstatSync(join(directory.path, 'run/pipe')).isFIFO()).toBe(true)
  })

  it('knows when the host has moved on, and carries its items through a pipe', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path, files: FILES })
    const targetPath = join(directory.path, 'target')
    mkdirSync(join(targetPath, 'etc'), { recursive: true })
    const before = await plan({ ...made, targetPath })
    expect((await plan({ ...made, targetPath })).hash).toBe(before.hash)
    const portions = [...before.items.portions(3)].map((portion) => JSON.parse(JSON.stringify(portion)))
    const copy = PlanItems.fromPortions(portions)
    expect(Array.from({ length: copy.length }, (_, at) => copy.at(at))).toEqual(
      Array.from({ length: before.items.length }, (_, at) => before.items.at(at)),
    )
    writeFileSync(join(targetPath, 'etc/hosts'), 'came since')
    const now = await plan({ ...made, targetPath })
    expect(now.hash).not.toBe(before.hash)
    expect(driftBetween(copy, now.items)).toEqual({ added: 0, changed: 1, removed: 0 })
  })
})
