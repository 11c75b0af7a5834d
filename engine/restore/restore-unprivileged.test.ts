import { spawnSync } from 'node:child_process'
import { chmodSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { directoryState } from '../../test/directory-state.ts'
import { type MadeRepository, makeRepository, requireTool } from '../../test/restic.ts'
import type { TriedRestore } from '../../test/restore.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { PATTERN_LIMIT } from './restore-pass.ts'

const NOBODY = 65_534

// What root backed up and another user restores; only root can be another user for once.
requireTool('restic')('a restore by a plain user', () => {
  it.runIf(process.geteuid?.() === 0)('is whole with what its own permissions keep from being read back', async () => {
    await using directory = temporaryDirectory()
    const source = join(directory.path, 'source')
    mkdirSync(join(source, 'closed'), { recursive: true })
    for (const name of ['secret', 'closed/file', 'su']) writeFileSync(join(source, name), name)
    chmodSync(join(source, 'su'), 0o4755)
    chmodSync(join(source, 'secret'), 0o000)
    chmodSync(join(source, 'closed'), 0o000)
    const made = await makeRepository({ directory: directory.path, source })
    const { outcome, ledger } = restoreAsNobody(directory.path, made)
    expect(outcome).toMatchObject({ state: 'succeeded', fault: null })
    expect(outcome.remark).toMatch(/^2 of the files could not be read back/)
    expect(Object.fromEntries(ledger.map(({ path, action }) => [path, action]))).toEqual({
      '/closed': 'restored',
      '/secret': 'restored',
      '/closed/file': 'restored',
      '/su': 'restored',
    })
    const target = join(directory.path, 'nobody/run')
    expect(readFileSync(join(target, 'closed/file'), 'utf8')).toBe('closed/file')
    expect(lstatSync(join(target, 'closed')).mode & 0o7777).toBe(0o000)
    expect(lstatSync(join(target, 'su'))).toMatchObject({ uid: NOBODY, mode: 0o100_755 })
  })

  it.runIf(process.geteuid?.() === 0)('goes on in a second pass where the first one closed a folder', async () => {
    await using directory = temporaryDirectory()
    const source = join(directory.path, 'source')
    mkdirSync(join(source, 'many'), { recursive: true })
    const names = Array.from({ length: 2 * PATTERN_LIMIT + 10 }, (_, index) => `many/${index}`)
    for (const name of names) writeFileSync(join(source, name), name)
    chmodSync(join(source, 'many'), 0o500)
    const made = await makeRepository({ directory: directory.path, source })
    const include = names.filter((_, index) => index % 2 === 0).map((name) => `/${name}`)
    const { outcome, ledger } = restoreAsNobody(directory.path, made, include)
    expect(outcome).toMatchObject({ state: 'succeeded', remark: '' })
    expect(ledger).toHaveLength(1 + include.length)
    expect(directoryState(join(directory.path, 'nobody/run'))).toHaveLength(1 + include.length)
    expect(lstatSync(join(directory.path, 'nobody/run/many')).mode & 0o777).toBe(0o500)
  })
})

/** Plan and restore in a process of user nobody. */
function restoreAsNobody(
  directory: string,
  made: MadeRepository,
  include: readonly string[] = ['/'],
): Pick<TriedRestore, 'outcome'> & { ledger: { path: string; action: string }[] } {
  const home = join(directory, 'nobody')
  mkdirSync(home)
  spawnSync('chown', ['-R', `${NOBODY}:${NOBODY}`, directory])
  const repository = { ...made.repository, cacheDirectory: join(home, 'cache') }
  const wanted = { ...made, repository, targetPath: join(home, 'run'), include }
  const program = `
    const { planAndRestore } = await import(${JSON.stringify(import.meta.resolve('../../test/restore.ts'))})
    process.setgroups([]); process.setgid(${NOBODY}); process.setuid(${NOBODY})
    const { outcome, ledger } = await planAndRestore(${JSON.stringify(wanted)})
    console.log(JSON.stringify({ outcome, ledger: [...ledger.values()] }))`
  const child = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' })
  expect(child.stderr).toBe('')
  return JSON.parse(child.stdout)
}
