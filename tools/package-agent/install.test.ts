import { execFile } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { directoryState } from '../../test/directory-state.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { makePackage, type PackageDouble } from './testing/package-double.ts'

interface Ended {
  readonly exitCode: number
  readonly lines: readonly string[]
  readonly said: string
}

/** A host's root folder, and packages to install below it. */
interface Place extends AsyncDisposable {
  readonly root: string
  package(double: PackageDouble): string
  install(folder: string, ...args: string[]): Promise<Ended>
  path(...parts: string[]): string
  /** The version that is in use. */
  current(): string
}

function place(): Place {
  const directory = temporaryDirectory()
  const root = join(directory.path, 'a root')
  mkdirSync(root)
  const path = (...parts: string[]): string => join(root, ...parts)
  return {
    root,
    package: (double) => makePackage(directory.path, double),
    install: (folder, ...args) => run(folder, ['--prefix', root, ...args]),
    path,
    current: () => readlinkSync(path('opt/restore-agent/current')).replace(/-[0-9a-f]{8}$/, ''),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  }
}

function run(folder: string, args: readonly string[], user?: number): Promise<Ended> {
  const options = { env: { PATH: process.env['PATH'] ?? '' }, ...(user === undefined ? {} : { uid: user, gid: user }) }
  return new Promise((resolve) => {
    execFile('/bin/sh', [join(folder, 'install.sh'), ...args], options, (error, out, said) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code), lines: out.trimEnd().split('\n'), said })
    })
  })
}

const UNIT = 'etc/systemd/system/restore-agent.service'
const CONFIG = 'etc/restore-agent/config.json'
const DATA = 'var/lib/restore-agent'
const linux = process.platform === 'linux' ? describe : describe.skip

linux('the installer', () => {
  test('puts everything in its place, says each thing, and does nothing the second time', async () => {
    await using host = place()
    const folder = host.package({ version: '1.0.0' })
    const first = await host.install(folder)
    expect(first).toMatchObject({ exitCode: 0, said: '' })
    expect(first.lines).toHaveLength(8)
    expect(first.lines.at(-1)).toBe('installed: restore-agent 1.0.0')
    expect(readFileSync(host.path('opt/restore-agent/current/lib/agent/index.js'), 'utf8')).toBe('// 1.0.0\n')
    expect(readlinkSync(host.path('usr/local/bin/restore-agent'))).toBe('/opt/restore-agent/current/bin/restore-agent')
    expect(statSync(host.path(DATA)).mode & 0o777).toBe(0o700)
    expect(JSON.parse(readFileSync(host.path(CONFIG), 'utf8'))).toMatchObject({ listen: '0.0.0.0:7420' })
    expect(existsSync(host.path(UNIT))).toBe(true)

    const state = directoryState(host.root)
    const second = await host.install(folder)
    expect(second.lines.slice(0, -1)).toEqual(Array.from({ length: 7 }, () => expect.stringMatching(/^already so: /)))
    expect(directoryState(host.root)).toEqual(state)
  })

  test('says what it would do, and does not do it', async () => {
    await using host = place()
    const { exitCode, lines } = await host.install(host.package({ version: '1.0.0' }), '--dry-run')
    expect(exitCode).toBe(0)
    expect(lines).toEqual(lines.map(() => expect.stringMatching(/^would/)))
    expect(readdirSync(host.root)).toEqual([])
  })

  test('keeps configuration and data at an upgrade, goes back when told to, and keeps the version before', async () => {
    await using host = place()
    const [one, two, three] = ['1.0.0', '1.1.0', '2.0.0-rc.1'].map((version) =>
      host.package({ version, unit: `# of ${version}\n` }),
    )
    await host.install(one ?? '')
    writeFileSync(host.path(CONFIG), '{"listen":null}')
    writeFileSync(host.path(DATA, 'agent.db'), 'data')
    expect(await host.install(two ?? '')).toMatchObject({ exitCode: 0 })
    expect(host.current()).toBe('1.1.0')
    expect(await host.install(one ?? '')).toMatchObject({ exitCode: 0 })
    expect(host.current()).toBe('1.0.0')
    expect(readFileSync(host.path(UNIT), 'utf8')).toContain('# of 1.0.0')
    await host.install(three ?? '')
    expect(host.current()).toBe('2.0.0-rc.1')
    const kept = readdirSync(host.path('opt/restore-agent')).filter((name) => /^\d/.test(name))
    expect(kept.map((name) => name.replace(/-[0-9a-f]{8}$/, ''))).toEqual(['1.0.0', '2.0.0-rc.1'])
    expect(readFileSync(host.path(CONFIG), 'utf8')).toBe('{"listen":null}')
    expect(readFileSync(host.path(DATA, 'agent.db'), 'utf8')).toBe('data')
  })

  test('mends an installation that was damaged, and closes data that were open to others', async () => {
    await using host = place()
    const folder = host.package({ version: '1.0.0' })
    await host.install(folder)
    rmSync(host.path('opt/restore-agent/current/lib/agent/index.js'))
    chmodSync(host.path(DATA), 0o755)
    const { lines } = await host.install(folder)
    expect(lines.filter((line) => /^(copied|closed)/.test(line))).toHaveLength(2)
    expect(existsSync(host.path('opt/restore-agent/current/lib/agent/index.js'))).toBe(true)
    expect(statSync(host.path(DATA)).mode & 0o777).toBe(0o700)
  })

  test('removes what it installed and keeps the rest; --purge removes data too, and never what was restored', async () => {
    await using host = place()
    const folder = host.package({ version: '1.0.0' })
    await host.install(folder)
    writeFileSync(host.path('var/restic-restore/found'), 'found')
    expect(await host.install(folder, '--uninstall')).toMatchObject({ exitCode: 0 })
    expect(
      ['opt/restore-agent', 'usr/local/bin/restore-agent', UNIT].filter((path) => existsSync(host.path(path))),
    ).toEqual([])
    expect([CONFIG, DATA].map((path) => existsSync(host.path(path)))).toEqual([true, true])
    const again = await host.install(folder, '--uninstall', '--purge')
    expect(again.lines.slice(0, 3)).toEqual(Array.from({ length: 3 }, () => expect.stringMatching(/^already so: no /)))
    expect([dirname(CONFIG), DATA].map((path) => existsSync(host.path(path)))).toEqual([false, false])
    expect(readFileSync(host.path('var/restic-restore/found'), 'utf8')).toBe('found')
  })

  test.each<[string, (host: Place, folder: string) => void, RegExp]>([
    [
      'a package that was tampered with',
      (_, folder) => appendFileSync(join(folder, 'lib/agent/index.js'), '!'),
      /damaged \(lib\/agent\/index\.js\)/,
    ],
    ['a package that is not whole', (_, folder) => rmSync(join(folder, 'lib/node')), /damaged \(lib\/node\)/],
    [
      'checksums that lead elsewhere',
      (_, folder) => appendFileSync(join(folder, 'SHA256SUMS'), `${'0'.repeat(64)}  ../x\n`),
      /SHA256SUMS is not as it was made/,
    ],
    [
      'a folder of somebody else',
      (host) => putFile(host.path('opt/restore-agent/theirs')),
      /opt\/restore-agent was not made by this installer/,
    ],
    [
      'a program of somebody else',
      (host) => putFile(host.path('usr/local/bin/restore-agent')),
      /bin\/restore-agent was not made by/,
    ],
    ['a unit of somebody else', (host) => putFile(host.path(UNIT)), /service was not made by this installer/],
    ['a file where data are to be', (host) => putFile(host.path(DATA)), /is in the way: it is no folder/],
    ['data that are elsewhere', (host) => symlink('/srv', host.path(DATA)), /is a link/],
    [
      'a configuration it does not know',
      (host) => putFile(host.path(CONFIG), '{"unknown":1}'),
      /configuration. In config.json: "unknown" is not known/,
    ],
    [
      'a configuration that is none',
      (host) => mkdirSync(host.path(CONFIG), { recursive: true }),
      /config.json cannot be read/,
    ],
  ])('refuses %s, and changes nothing', async (_, arrange, sentence) => {
    await using host = place()
    const folder = host.package({ version: '1.0.0' })
    arrange(host, folder)
    const state = directoryState(host.root)
    const { exitCode, said } = await host.install(folder)
    expect(said).toMatch(sentence)
    expect(exitCode).toBe(1)
    expect(directoryState(host.root)).toEqual(state)
  })

  test('refuses to lose what an administrator has written into the unit', async () => {
    await using host = place()
    await host.install(host.package({ version: '1.0.0' }))
    appendFileSync(host.path(UNIT), 'Nice=5\n')
    const { exitCode, said } = await host.install(host.package({ version: '1.1.0' }))
    expect([exitCode, host.current()]).toEqual([1, '1.0.0'])
    expect(said).toContain('systemctl edit restore-agent')
  })

  test('takes back what it had begun when something fails in the middle', async () => {
    await using host = place()
    await host.install(host.package({ version: '1.0.0', unit: '# of 1.0.0\n' }))
    // The last thing to be put in its place cannot be.
    rmSync(host.path('usr/local'), { recursive: true })
    putFile(host.path('usr/local'))
    const { exitCode, said } = await host.install(host.package({ version: '1.1.0' }))
    expect(exitCode).toBe(1)
    expect(said).toContain('what was there before is in its place')
    expect(host.current()).toBe('1.0.0')
    expect(readFileSync(host.path(UNIT), 'utf8')).toContain('# of 1.0.0')
  })

  test('refuses a package for another machine', async () => {
    await using host = place()
    const { exitCode, said } = await host.install(host.package({ version: '1.0.0', target: 'linux-riscv64' }))
    expect([exitCode, said]).toEqual([1, expect.stringContaining('This package is for linux-riscv64')])
  })

  test.each([
    [['--force'], 'There is no argument --force.'],
    [['--purge'], '--purge goes with --uninstall.'],
    [['--prefix', 'here'], '--prefix wants the full path of a folder: here.'],
    [['--prefix', '/'], '--prefix wants the full path of a folder: /.'],
    [['--prefix'], '--prefix wants a folder.'],
  ])('does not guess what %j means', async (args, sentence) => {
    await using host = place()
    const ended = await run(host.package({ version: '1.0.0' }), args)
    expect(ended).toMatchObject({ exitCode: 2, said: `install.sh: ${sentence} See "install.sh --help".\n` })
  })

  test('wants root, but for a place that is named', async () => {
    await using host = place()
    const folder = host.package({ version: '1.0.0' })
    for (const path of [dirname(folder), folder, join(folder, 'bin'), join(folder, 'lib')]) chmodSync(path, 0o755)
    const { exitCode, said } = await run(folder, [], process.getuid?.() === 0 ? 65_534 : undefined)
    expect([exitCode, said]).toEqual([1, expect.stringContaining('It needs root')])
  })
})

function putFile(path: string, content = 'theirs'): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

function symlink(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(target, path)
}
