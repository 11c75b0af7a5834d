import { spawnSync } from 'node:child_process'
import { chmodSync, lchownSync, linkSync, lstatSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import type { Found } from './judge.ts'
import { settleTarget } from './settle-target.ts'

const asRoot = process.geteuid?.() === 0
const STRANGER = 65_534

describe('settling what was restored', () => {
  it('finds every leaf by its exact name and follows no link', async () => {
    await using directory = temporaryDirectory()
    const target = join(directory.path, 'target')
    mkdirSync(join(target, 'folder/empty'), { recursive: true })
    mkdirSync(join(directory.path, 'outside'))
    writeFileSync(join(directory.path, 'outside/secret'), 'not ours to look at')
    symlinkSync('../outside', join(target, 'way-out'))
    writeFileSync(Buffer.concat([Buffer.from(`${target}/caf`), Buffer.from([0xe9])]), 'four')
    writeFileSync(join(target, 'folder/file'), 'three')
    expect((await settle(target)).sort((left, right) => (left.path < right.path ? -1 : 1))).toEqual([
      { path: '/caf\udce9', size: 4 },
      { path: '/folder/empty', size: 0 },
      { path: '/folder/file', size: 5 },
      { path: '/way-out', size: '../outside'.length },
    ])
  })

  it('takes set-user-id and set-group-id away, from files and folders', async () => {
    await using directory = temporaryDirectory()
    const target = join(directory.path, 'target')
    mkdirSync(join(target, 'shared'), { recursive: true })
    writeFileSync(join(target, 'su'), '')
    chmodSync(join(target, 'su'), 0o6755)
    chmodSync(join(target, 'shared'), 0o3775)
    const before = lstatSync(join(target, 'su')).mtimeMs
    await settle(target)
    expect(lstatSync(join(target, 'su')).mode & 0o7777).toBe(0o755)
    expect(lstatSync(join(target, 'su')).mtimeMs).toBe(before)
    expect(lstatSync(join(target, 'shared')).mode & 0o7777).toBe(0o1775)
  })

  it.runIf(asRoot)('gives everything to root and nothing outside, whatever its permissions', async () => {
    await using directory = temporaryDirectory()
    const target = join(directory.path, 'target')
    const victim = join(directory.path, 'victim')
    mkdirSync(join(target, 'closed'), { recursive: true })
    writeFileSync(victim, 'of another user')
    lchownSync(victim, STRANGER, STRANGER)
    symlinkSync(victim, join(target, 'link'))
    writeFileSync(join(target, 'closed/su'), '')
    for (const name of ['link', 'closed/su', 'closed']) lchownSync(join(target, name), STRANGER, STRANGER)
    chmodSync(join(target, 'closed/su'), 0o4755)
    chmodSync(join(target, 'closed'), 0o500)
    await settle(target)
    for (const name of ['link', 'closed/su', 'closed']) {
      expect(lstatSync(join(target, name))).toMatchObject({ uid: 0, gid: 0 })
    }
    expect(lstatSync(join(target, 'closed')).mode & 0o7777).toBe(0o500)
    expect(lstatSync(join(target, 'closed/su')).mode & 0o7777).toBe(0o755)
    expect(statSync(victim)).toMatchObject({ uid: STRANGER, gid: STRANGER })
  })

  it.runIf(asRoot)('looks into folders that their owner may not read, and leaves them closed', async () => {
    await using directory = temporaryDirectory()
    const target = join(directory.path, 'target')
    mkdirSync(join(target, 'closed/inner'), { recursive: true })
    writeFileSync(join(target, 'closed/inner/file'), 'x')
    linkSync(join(target, 'closed/inner/file'), join(target, 'closed/inner/twin'))
    chmodSync(join(target, 'closed/inner'), 0o000)
    chmodSync(join(target, 'closed'), 0o300)
    const settling = `
      const { settleTarget } = await import(${JSON.stringify(import.meta.resolve('./settle-target.ts'))})
      process.setgid(${STRANGER}); process.setuid(${STRANGER})
      const found = []
      await settleTarget({ targetPath: ${JSON.stringify(target)}, onFound: ({ path }) => found.push(path) })
      console.log(JSON.stringify(found))`
    spawnSync('chown', ['-R', `${STRANGER}:${STRANGER}`, directory.path])
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', settling], {
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual(['/closed/inner/file', '/closed/inner/twin'])
    expect(lstatSync(join(target, 'closed')).mode & 0o777).toBe(0o300)
    expect(lstatSync(join(target, 'closed/inner')).mode & 0o777).toBe(0o000)
  })
})

async function settle(targetPath: string): Promise<Found[]> {
  const found: Found[] = []
  expect(await settleTarget({ targetPath, onFound: (item) => found.push(item) })).toEqual({ notOwned: 0 })
  return found
}
