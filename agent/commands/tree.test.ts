import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { ResticRepository } from '../../engine/restic/repository.ts'
import { HOSTILE_NAMES } from '../../test/hostile-names.ts'
import { startRestServer } from '../../test/rest-server.ts'
import { backUp, type MadeRepository, makeRepository, repositoryAt, requireTool, runRestic } from '../../test/restic.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../../test/temporary-directory.ts'

const ENTRY = join(import.meta.dirname, '..', 'index.ts')

interface Ended {
  readonly exitCode: number
  readonly out: Buffer
  readonly said: string
}

/** Run the agent's front door as a program. */
function restoreAgent(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const { PATH = '', HOME = '/' } = process.env
  const options = { encoding: 'buffer', maxBuffer: 64 << 20, env: { PATH, HOME, ...environment } } as const
  return new Promise((resolve) => {
    execFile(process.execPath, [ENTRY, ...args], options, (error, out, said) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code), out, said: said.toString('utf8') })
    })
  })
}

function environmentOf({ access, cacheDirectory }: ResticRepository): Record<string, string> {
  return { RESTIC_REPOSITORY: access.url, RESTIC_PASSWORD: access.password, RESTIC_CACHE_DIR: cacheDirectory }
}

/** Names that have broken restore tools, and nodes of every kind that a plain user can make. */
function makeHostileSource(source: string): void {
  const folder = join(source, 'odd/sub')
  mkdirSync(folder, { recursive: true })
  for (const name of HOSTILE_NAMES) writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), name]), 'odd')
  writeFileSync(join(source, 'shut'), '', { mode: 0o600 })
  chmodSync(join(source, 'shut'), 0o4755)
  chmodSync(join(source, 'odd'), 0o1777)
  linkSync(join(source, 'shut'), join(source, 'linked'))
  symlinkSync('nowhere', join(source, 'link'))
  mkdirSync(join(source, 'empty'))
}

const lines = (text: string): unknown[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))

requireTool('restic')('restore-agent tree', () => {
  let directory: TemporaryDirectory
  let made: MadeRepository
  let environment: Record<string, string>
  beforeAll(async () => {
    directory = temporaryDirectory()
    const source = join(directory.path, 'source')
    makeHostileSource(source)
    made = await makeRepository({ directory: directory.path, source })
    writeFileSync(join(source, 'later'), 'later')
    await backUp(made.repository, source, ['--tag', 'a<b>&c'])
    environment = environmentOf(made.repository)
    return () => directory[Symbol.asyncDispose]()
  })

  test.each([
    ['all of an older snapshot by the beginning of its id', () => [made.snapshotId.slice(0, 8)]],
    ['all of the latest', () => ['latest']],
    ['what is below a path', () => ['latest', '/odd/sub']],
    ['a path that is a file', () => ['latest', '/shut']],
    ['an empty folder', () => ['latest', '/empty']],
  ])('prints what restic prints, byte by byte: %s', async (_, place) => {
    const theirs = await runRestic(made.repository, ['ls', '--json', '--no-lock', '--recursive', ...place()])
    const ours = await restoreAgent(['tree', '--json', ...place()], environment)
    expect(ours).toMatchObject({ exitCode: 0, said: '' })
    expect(lines(ours.out.toString('utf8'))).toEqual(lines(theirs))
    expect(ours.out.toString('utf8')).toBe(theirs)
  })

  test('without --json it prints the paths alone, with the bytes that they have', async () => {
    const { out } = await restoreAgent(['tree', 'latest', '/odd'], environment)
    const expected = [...HOSTILE_NAMES].toSorted(Buffer.compare).map((name) => [Buffer.from('/odd/sub/'), name, '\n'])
    const text = Buffer.concat([Buffer.from('/odd\n/odd/sub\n'), ...expected.flat().map((part) => Buffer.from(part))])
    expect(out.toString('latin1')).toBe(text.toString('latin1'))
  })

  test('takes address and password where restic takes them', async () => {
    const { RESTIC_REPOSITORY = '', RESTIC_PASSWORD = '', RESTIC_CACHE_DIR = '' } = environment
    const file = join(directory.path, 'password')
    writeFileSync(file, `${RESTIC_PASSWORD}\n`)
    const given = { RESTIC_PASSWORD_FILE: file, RESTIC_PASSWORD: 'beaten by the file', RESTIC_CACHE_DIR }
    const { exitCode, out } = await restoreAgent(['tree', '-r', RESTIC_REPOSITORY, 'latest', '/later'], given)
    expect([exitCode, out.toString('utf8')]).toEqual([0, '/later\n'])
  })

  test.each<[string, string[], object]>([
    ['There is no snapshot 0000.', ['0000'], {}],
    ['There is no path /odd/none.', ['latest', '/odd/none'], {}],
    ['A path in a snapshot has no dots.', ['latest', '/odd/../shut'], {}],
    ['The password does not open this repository.', ['latest'], { RESTIC_PASSWORD: 'wrong' }],
    ['There is no repository at this address.', ['-r', 'elsewhere', 'latest'], {}],
  ])('says in one line what cannot be done: %s', async (sentence, args, changes) => {
    const { exitCode, out, said } = await restoreAgent(['tree', ...args], { ...environment, ...changes })
    expect([exitCode, out.length, said]).toEqual([1, 0, `restore-agent: ${sentence}\n`])
  })

  test('says how it is called to who calls it in another way', async () => {
    const { exitCode, said } = await restoreAgent(['tree', '--jsno', 'latest'], environment)
    expect([exitCode, said]).toEqual([2, `restore-agent: Unknown option '--jsno'. See "restore-agent tree --help".\n`])
  })

  test('the front door knows its commands and says so', async () => {
    const help = await restoreAgent(['--help'])
    expect([help.exitCode, help.out.toString('utf8')]).toEqual([0, expect.stringMatching(/^ {2}tree +print/m)])
    const more = await restoreAgent(['tree', '--help'])
    expect([more.exitCode, more.out.toString('utf8')]).toEqual([0, expect.stringContaining('RESTIC_PASSWORD_FILE')])
    expect(await restoreAgent(['treee'])).toMatchObject({ exitCode: 2, said: expect.stringContaining('treee') })
  })
})

requireTool('restic', 'rest-server')('restore-agent tree, through a server', () => {
  test('reads as restic does, and says so when it was restic that read', async () => {
    await using directory = temporaryDirectory()
    const users = { ada: randomBytes(8).toString('hex') }
    await using server = await startRestServer({ directory: directory.path, users })
    await makeRepository({
      directory: directory.path,
      files: { 'etc/hosts': 'a', 'srv/b': 'b' },
      access: { url: server.repositoryDirectory('files') },
    })
    const url = `rest:${server.url}files/`
    const repository = repositoryAt(directory.path, { url, username: 'ada', serverPassword: users.ada })
    const theirs = await runRestic(repository, ['ls', '--json', '--no-lock', 'latest'])
    const environment = {
      ...environmentOf(repository),
      RESTIC_REST_USERNAME: 'ada',
      RESTIC_REST_PASSWORD: users.ada,
    }
    const ours = await restoreAgent(['tree', '--json', 'latest'], environment)
    expect({ ...ours, out: ours.out.toString('utf8') }).toEqual({ exitCode: 0, out: theirs, said: '' })
    // Through a proxy only restic goes; for a server on this computer it does not use one.
    const proxied = await restoreAgent(['tree', '--json', 'latest'], {
      ...environment,
      HTTP_PROXY: 'http://127.0.0.1:9',
    })
    expect(proxied).toMatchObject({ exitCode: 0, said: expect.stringContaining('read by restic') })
    expect(proxied.out.toString('utf8')).toBe(theirs)
    const stranger = await restoreAgent(['tree', 'latest'], environmentOf(repository))
    expect(stranger).toMatchObject({ exitCode: 1, said: expect.stringContaining('refused the user name') })
  })
})
