import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lchownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { directoryState } from '../../test/directory-state.ts'
import { makeRepository, requireTool } from '../../test/restic.ts'
import { backUpPaths, plan, planAndRestore } from '../../test/restore.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'

const asRoot = process.geteuid?.() === 0
const STRANGER = 65_534
const THEN = 1_600_000_000

requireTool('restic')('restoring in place', () => {
  it('brings back what was changed and deleted, and touches nothing else', async () => {
    await using host = await hostOf({ 'etc/app/a.conf': 'a', 'etc/app/b.conf': 'b', 'etc/other': 'o', 'var/log': 'l' })
    const before = directoryState(host.path)
    writeFileSync(host.at('etc/app/a.conf'), 'changed')
    rmSync(host.at('etc/app/b.conf'))
    chmodSync(host.at('etc/app'), 0o700)
    writeFileSync(host.at('etc/other'), 'changed too, and not selected')
    const kept = lstatSync(host.at('etc'))
    const { outcome, prepared, ledger } = await planAndRestore({ ...host.wanted, include: [host.at('etc/app')] })
    expect(outcome).toMatchObject({
      state: 'succeeded',
      exceptions: [],
      evidence: { equal: 2, different: 0, unread: 0 },
    })
    expect(prepared.writablePaths).toEqual([host.at('etc')])
    expect([...ledger].map(([path, { action }]) => [path.slice(host.path.length), action])).toEqual([
      ['/etc/app', 'updated'],
      ['/etc/app/a.conf', 'updated'],
      ['/etc/app/b.conf', 'restored'],
    ])
    expect(without(directoryState(host.path), './etc/other')).toEqual(without(before, './etc/other'))
    expect(lstatSync(host.at('etc')).mtimeMs).toBe(kept.mtimeMs)
  })

  it.runIf(asRoot)('applies owners, modes with set-user-id, times and capabilities', async () => {
    await using host = await hostOf({ 'bin/su': 'program', 'bin/mine': 'mine' }, (at) => {
      lchownSync(at('bin/mine'), STRANGER, STRANGER)
      chmodSync(at('bin/su'), 0o6755)
      execFileSync('/usr/sbin/setcap', ['cap_net_raw+ep', at('bin/mine')])
    })
    const before = directoryState(host.path)
    for (const name of ['bin/su', 'bin/mine']) rmSync(host.at(name))
    writeFileSync(host.at('bin/mine'), 'mine')
    const { outcome } = await planAndRestore({ ...host.wanted, include: [host.at('bin')] })
    expect(outcome.state).toBe('succeeded')
    expect(directoryState(host.path)).toEqual(before)
    expect(lstatSync(host.at('bin/mine'))).toMatchObject({ uid: STRANGER, gid: STRANGER })
    expect(execFileSync('/usr/sbin/getcap', [host.at('bin/mine')], { encoding: 'utf8' })).toContain('cap_net_raw')
  })

  it('makes the missing folders on the way with what the snapshot has of them', async () => {
    await using host = await hostOf({ 'srv/a/b/file': 'f', 'srv/a/b/other': 'o' })
    utimesSync(host.at('srv/a'), THEN, THEN)
    rmSync(host.at('srv/a'), { recursive: true })
    const { outcome, prepared } = await planAndRestore({ ...host.wanted, include: [host.at('srv/a/b/file')] })
    expect(outcome).toMatchObject({ state: 'succeeded', exceptions: [] })
    expect(prepared.totals).toMatchObject({ create: { items: 3 }, update: { items: 0 } })
    expect(directoryState(host.at('srv')).map((line) => line.split(' ')[0])).toEqual(['./a', './a/b', './a/b/file'])
  })

  it('follows no link on the way: the plan is refused and names it', async () => {
    await using host = await hostOf({ 'data/sub/file': 'f', 'outside/file': 'precious' })
    rmSync(host.at('data/sub'), { recursive: true })
    symlinkSync(host.at('outside'), host.at('data/sub'))
    const include = [host.at('data/sub/file')]
    const detail = expect.stringContaining(host.at('data/sub'))
    await expect(plan({ ...host.wanted, include })).rejects.toMatchObject({
      code: 'conflict',
      data: { what: 'target_unusable', detail },
    })
  })

  it('replaces a link that stands for a selected folder, and what it points to stays', async () => {
    await using host = await hostOf({ 'data/sub/file': 'f', 'outside/file': 'precious' })
    const before = directoryState(host.path)
    rmSync(host.at('data/sub'), { recursive: true })
    symlinkSync(host.at('outside'), host.at('data/sub'))
    const { outcome, ledger } = await planAndRestore({ ...host.wanted, include: [host.at('data')] })
    expect(outcome).toMatchObject({ state: 'succeeded', exceptions: [] })
    expect(ledger.get(host.at('data/sub'))?.action).toBe('updated')
    expect(directoryState(host.path)).toEqual(before)
  })

  it('passes over what a folder that holds something is in the place of, and is partial', async () => {
    await using host = await hostOf({ 'data/file': 'f', 'data/good': 'g' })
    rmSync(host.at('data/file'))
    mkdirSync(host.at('data/file/inner'), { recursive: true })
    writeFileSync(host.at('data/good'), 'changed')
    const { outcome, ledger } = await planAndRestore({ ...host.wanted, include: [host.at('data')] })
    expect(outcome).toMatchObject({ state: 'partial', fault: null, exceptions: [] })
    expect(ledger.get(host.at('data/file'))).toMatchObject({ action: 'skipped' })
    expect(ledger.get(host.at('data/file'))?.reason).toContain('folder')
    expect(readFileSync(host.at('data/good'), 'utf8')).toBe('g')
    expect(existsSync(host.at('data/file/inner'))).toBe(true)
  })

  it('lets everything stay that is there when nothing may be overwritten, a file in the place of a folder too', async () => {
    await using host = await hostOf({ 'data/folder/file': 'f', 'data/good': 'g', 'data/gone': 'x' })
    rmSync(host.at('data/folder'), { recursive: true })
    writeFileSync(host.at('data/folder'), 'a file now')
    rmSync(host.at('data/gone'))
    writeFileSync(host.at('data/good'), 'changed')
    const manner = { conflicts: 'never' } as const
    const { outcome, ledger } = await planAndRestore({ ...host.wanted, manner, include: [host.at('data')] })
    expect(outcome).toMatchObject({ state: 'succeeded', exceptions: [] })
    expect(readFileSync(host.at('data/folder'), 'utf8')).toBe('a file now')
    expect(readFileSync(host.at('data/good'), 'utf8')).toBe('changed')
    expect(readFileSync(host.at('data/gone'), 'utf8')).toBe('x')
    expect(ledger.get(host.at('data/folder/file'))?.action).toBe('skipped')
  })

  it('keeps both: what differs comes beside what is there, what is the same comes not at all', async () => {
    await using host = await hostOf({
      'data/same.txt': 's',
      'data/other.txt': 'o',
      'data/longer': 'l',
      'data/gone': 'x',
      'data/folder/inner': 'i',
    })
    writeFileSync(host.at('data/other.txt'), 'O')
    writeFileSync(host.at('data/longer'), 'longer now')
    rmSync(host.at('data/gone'))
    rmSync(host.at('data/folder'), { recursive: true })
    writeFileSync(host.at('data/folder'), 'a file now')
    const manner = { conflicts: 'keep-both' } as const
    const { outcome } = await planAndRestore({ ...host.wanted, manner, include: [host.at('data')] })
    expect(outcome).toMatchObject({ state: 'succeeded', exceptions: [] })
    const stamp = '2026-01-05T10-00-00Z'
    const contents = (name: string): string => readFileSync(host.at(`data/${name}`), 'utf8')
    expect(contents(`other.${stamp}.txt`)).toBe('o')
    expect(contents('other.txt')).toBe('O')
    expect(contents(`longer.${stamp}`)).toBe('l')
    expect(contents('gone')).toBe('x')
    expect(contents('folder')).toBe('a file now')
    expect(contents(`folder.${stamp}/inner`)).toBe('i')
    expect(directoryState(host.at('data'))).toHaveLength(9)
    const again = await planAndRestore({ ...host.wanted, manner, include: [host.at('data')] })
    expect(again.prepared.totals.create.items).toBe(4)
  })

  it('deletes what selected folders hold besides, only there, and never what is left out', async () => {
    await using host = await hostOf({ 'data/a': 'a', 'data/keep/k': 'k', 'data/sub/s': 's', 'other/o': 'o' })
    const wanted = { ...host.wanted, include: [host.at('data')], exclude: [host.at('data/keep')] }
    for (const name of ['data/new', 'data/sub/new', 'data/keep/new', 'other/new']) writeFileSync(host.at(name), 'new')
    mkdirSync(host.at('data/folder/deep'), { recursive: true })
    symlinkSync(host.at('other'), host.at('data/folder/link'))
    const folderTime = lstatSync(host.at('data/keep')).mtimeMs
    expect((await plan(wanted)).totals.delete.items).toBe(0)
    const manner = { deleteExtra: true }
    const { outcome, ledger } = await planAndRestore({ ...wanted, manner })
    expect(outcome).toMatchObject({ state: 'succeeded', exceptions: [] })
    const deleted = [...ledger.values()].filter(({ action }) => action === 'deleted').map(({ path }) => path)
    const expected = ['data/folder', 'data/folder/deep', 'data/folder/link', 'data/new', 'data/sub/new']
    expect(deleted.toSorted()).toEqual(expected.map(host.at))
    expect(existsSync(host.at('data/keep/new')) && existsSync(host.at('other/new'))).toBe(true)
    expect(existsSync(host.at('other/o'))).toBe(true)
    expect(lstatSync(host.at('data/keep')).mtimeMs).toBe(folderTime)
    expect((await plan({ ...wanted, manner })).totals).toMatchObject({ update: { items: 0 }, delete: { items: 0 } })
  })

  it('deletes nothing in the folders above what was backed up, though they are selected', async () => {
    await using host = await hostOf({ 'data/a': 'a', 'other/o': 'o' })
    for (const name of ['data/new', 'other/new']) writeFileSync(host.at(name), 'new')
    const wanted = { ...host.wanted, include: ['/'], manner: { deleteExtra: true } }
    const { items } = await plan({ ...wanted, paths: [host.at('data')] })
    const places = Array.from({ length: items.length }, (_, at) => at)
    const deleted = places.filter((at) => items.action(at) === 'delete').map((at) => items.path(at))
    expect(deleted).toEqual([host.at('data/new')])
  })

  it('takes away what an earlier run created, but for a folder in which others have put something', async () => {
    await using host = await hostOf({ keep: 'k' })
    for (const folder of ['made/empty', 'made/used']) mkdirSync(host.at(folder), { recursive: true })
    for (const name of ['made/empty/own', 'made/used/own', 'made/used/theirs']) writeFileSync(host.at(name), name)
    const created = ['made', 'made/empty', 'made/empty/own', 'made/used', 'made/used/own'].map((name) => host.at(name))
    const { outcome, ledger } = await planAndRestore({ ...host.wanted, include: [host.at('keep')], remove: created })
    expect(outcome).toMatchObject({ state: 'succeeded', exceptions: [] })
    const actions = [...ledger].map(([path, { action }]) => [path.slice(host.path.length), action])
    expect(Object.fromEntries(actions)).toEqual({
      '/keep': 'unchanged',
      '/made': 'unchanged',
      '/made/empty': 'deleted',
      '/made/empty/own': 'deleted',
      '/made/used': 'unchanged',
      '/made/used/own': 'deleted',
    })
    expect(directoryState(host.at('made')).map((line) => line.split(' ')[0])).toEqual(['./used', './used/theirs'])
  })

  it('lets stay what has changed between plan and deletion', async () => {
    await using host = await hostOf({ 'data/a': 'a' })
    writeFileSync(host.at('data/new'), 'new')
    mkdirSync(host.at('data/folder'))
    const wanted = { ...host.wanted, include: [host.at('data')], manner: { deleteExtra: true } }
    const prepared = await plan(wanted)
    writeFileSync(host.at('data/new'), 'written since')
    writeFileSync(host.at('data/folder/late'), 'late')
    const { outcome, ledger } = await planAndRestore(wanted, { prepared })
    expect(outcome.state).toBe('partial')
    expect(ledger.get(host.at('data/new'))).toMatchObject({
      action: 'failed',
      reason: expect.stringContaining('changed'),
    })
    expect(ledger.get(host.at('data/folder'))).toMatchObject({ action: 'failed' })
    expect(readFileSync(host.at('data/new'), 'utf8')).toBe('written since')
  })

  it('refuses to write into the repository that it reads from', async () => {
    await using host = await hostOf({ a: 'a' })
    const { repository } = host.wanted
    const saved = await backUpPaths(repository, [join(repository.access.url, 'config')])
    rmSync(join(repository.access.url, 'keys', 'none'), { force: true })
    chmodSync(join(repository.access.url, 'config'), 0o600)
    const refused = plan({ ...host.wanted, ...saved, include: [join(repository.access.url, 'config')] })
    await expect(refused).rejects.toMatchObject({ code: 'conflict', data: { what: 'target_in_repository' } })
  })

  it('links files that have several names as they were, and sees when they are not', async () => {
    await using host = await hostOf({ 'data/one': '1' }, (at) => linkSync(at('data/one'), at('data/two')))
    const wanted = { ...host.wanted, include: [host.at('data')] }
    expect((await plan(wanted)).totals).toMatchObject({ update: { items: 0 }, create: { items: 0 } })
    rmSync(host.at('data/two'))
    writeFileSync(host.at('data/two'), '1')
    const { prepared, outcome } = await planAndRestore(wanted)
    expect(prepared.items.at(2)).toMatchObject({ path: host.at('data/two'), action: 'update' })
    expect(prepared.items.differs(2)).toContain('link')
    expect(outcome).toMatchObject({ state: 'succeeded', exceptions: [] })
    expect(lstatSync(host.at('data/two')).ino).toBe(lstatSync(host.at('data/one')).ino)
  })
})

/** A host's folder, backed up by its absolute path. */
async function hostOf(
  files: Readonly<Record<string, string>>,
  prepare: (at: (name: string) => string) => void = () => undefined,
) {
  const directory = temporaryDirectory()
  const path = join(directory.path, 'host')
  const at = (name: string): string => join(path, name)
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(at(name)), { recursive: true })
    writeFileSync(at(name), content)
    utimesSync(at(name), THEN, THEN)
  }
  prepare(at)
  const { repository } = await makeRepository({ directory: directory.path })
  const saved = await backUpPaths(repository, [path])
  return {
    path,
    at,
    wanted: { repository, ...saved, targetPath: null },
    [Symbol.asyncDispose]: async () => directory[Symbol.asyncDispose](),
  }
}

function without(state: readonly string[], path: string): string[] {
  return state.filter((line) => !line.startsWith(`${path} `))
}
