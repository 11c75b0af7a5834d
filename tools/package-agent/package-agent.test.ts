import { execFile, execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { makeRepository, requireTool } from '../../test/restic.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../../test/temporary-directory.ts'
import { archive } from './archive.ts'
import { assemble, packageVersion } from './assemble.ts'
import { bundleAgent, ROOT } from './bundle.ts'

const run = promisify(execFile)

requireTool('restic')('the package of the agent', () => {
  let directory: TemporaryDirectory
  let folder: string
  beforeAll(async () => {
    directory = temporaryDirectory()
    folder = join(directory.path, 'restore-agent')
    await assemble(folder)
    return () => directory[Symbol.asyncDispose]()
  })

  test('starts with nothing around it, also through a link', async () => {
    const link = join(directory.path, 'link')
    symlinkSync(join(folder, 'bin', 'restore-agent'), link)
    for (const file of [join(folder, 'bin', 'restore-agent'), link]) {
      const { stdout, stderr } = await run(file, ['--version'], { env: {}, cwd: '/' })
      expect([stdout, stderr]).toEqual([`restore-agent ${packageVersion()}\n`, ''])
    }
  })

  test('prints of a repository what the sources print', async () => {
    const { repository } = await makeRepository({
      directory: join(directory.path, 'made'),
      files: { 'etc/hosts': 'h', 'srv/b': 'b' },
    })
    const env = {
      PATH: dirname(repository.restic.path),
      RESTIC_REPOSITORY: repository.access.url,
      RESTIC_PASSWORD: repository.access.password,
      RESTIC_CACHE_DIR: join(directory.path, 'cache'),
    }
    const tree = ['tree', '--json', 'latest']
    const ours = await run(join(folder, 'bin', 'restore-agent'), tree, { env, cwd: '/' })
    const theirs = await run(process.execPath, [join(ROOT, 'agent', 'index.ts'), ...tree], { env })
    expect(ours).toEqual(theirs)
    expect(ours.stdout).toContain('"/etc/hosts"')
  })

  test('names no folder of the machine that it was made on, and brings the terms of all that is in it', () => {
    const files = readdirSync(join(folder, 'lib', 'agent')).map((name) => join(folder, 'lib', 'agent', name))
    expect(files.filter((path) => readFileSync(path).includes(`${ROOT}/`))).toEqual([])
    const terms = readFileSync(join(folder, 'LICENSE-packages'), 'utf8')
    for (const name of ['better-sqlite3', '@orpc/server', 'execa', 'selfsigned', 'ws', 'zod']) {
      expect(terms).toMatch(new RegExp(`^${name} \\d`, 'm'))
    }
    expect(readFileSync(join(folder, 'LICENSE-node'), 'utf8')).toContain('Node.js is licensed for use as follows')
  })

  test('is the same each time it is made', async () => {
    const again = join(directory.path, 'again')
    mkdirSync(again)
    await bundleAgent(again, `${process.platform}-${process.arch}`)
    const first = join(folder, 'lib', 'agent')
    expect(readdirSync(again)).toEqual(readdirSync(first))
    const differing = readdirSync(again).filter((name) => !same(join(again, name), join(first, name)))
    expect(differing).toEqual([])
  })
})

test('an archive has the same bytes, whenever and by whomever its files were written', async () => {
  await using directory = temporaryDirectory()
  const [one, two] = ['one', 'two'].map((name) => join(directory.path, name, 'agent'))
  if (one === undefined || two === undefined) return
  mkdirSync(join(one, 'lib'), { recursive: true })
  for (const name of ['z', 'a', 'lib/m']) writeFileSync(join(one, name), name, { mode: name === 'a' ? 0o755 : 0o644 })
  cpSync(one, two, { recursive: true })
  utimesSync(join(two, 'a'), 1, 1)
  for (const folder of [one, two]) await archive(folder, `${folder}.tar.gz`)
  expect(same(`${one}.tar.gz`, `${two}.tar.gz`)).toBe(true)
  expect(statSync(`${one}.tar.gz`).size).toBeGreaterThan(0)
  const listed = execFileSync('tar', ['--list', '--verbose', '--file', `${one}.tar.gz`], { encoding: 'utf8' })
  expect(listed).toMatch(/^-rwxr-xr-x 0\/0 .* agent\/a$/m)
})

function same(one: string, other: string): boolean {
  return readFileSync(one).equals(readFileSync(other))
}
