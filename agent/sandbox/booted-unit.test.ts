import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type ProgramEnd, type ProgramRequest, runProgram } from '../../engine/process/program.ts'
import { makeRepository, requireTool, writeFiles } from '../../test/restic.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../../test/temporary-directory.ts'
import { type BootedSystemd, bootSystemd, whyNoSystemd } from '../../tools/package-agent/testing/booted-systemd.ts'
import { asTransientUnit, type Confines } from './transient-unit.ts'
import type { Program } from './write-program.ts'

const reason = whyNoSystemd()
const title = reason === undefined ? 'a unit of a real systemd' : `a unit of a real systemd (skipped: ${reason})`
const ROOT = join(import.meta.dirname, '..', '..')
const UNIT = 'restore-agent-run-one.service'
/** What systemd, its units' files or a shell would read otherwise. */
const ODD = `a "b" \\c %n %% $HOME \${x} 'q' ; é`

describe.skipIf(reason !== undefined)(title, () => {
  let directory: TemporaryDirectory
  let systemd: BootedSystemd
  beforeAll(async () => {
    directory = temporaryDirectory()
    systemd = await bootSystemd(directory.path)
    return async () => {
      await systemd[Symbol.asyncDispose]()
      await directory[Symbol.asyncDispose]()
    }
  })

  function folder(name: string): string {
    const path = join(directory.path, name)
    mkdirSync(path)
    return path
  }

  function runInUnit(
    program: Program,
    confines: Partial<Confines> = {},
    more: Partial<ProgramRequest> = {},
  ): Promise<ProgramEnd> {
    const all = { runId: 'one', writablePaths: [], graceMilliseconds: 5000, ...confines }
    const unit = asTransientUnit(program, all)
    const [file, ...args] = systemd.there(unit.file, ...unit.args)
    return runProgram({ tool: 'unit', secrets: [], ...unit, ...more, file, args })
  }

  const script = (text: string, ...args: string[]): Program => ({
    file: '/bin/sh',
    args: ['-c', text, 'sh', ...args],
    env: { PATH: '/usr/bin:/bin' },
  })

  // @security Restores: A restore in place runs in a unit that may write to the paths of its plan and nowhere else.
  test('may write to the paths it was given, whatever they are called, and nowhere else', async () => {
    const path = folder(ODD)
    const beside = folder('beside')
    const tries = 'for place in "$@"; do touch "$place/made" 2>/dev/null && printf "%s\\n" "$place"; done'
    const places = [path, beside, '/', '/etc', '/root', '/home', '/tmp', '/var/lib', '/srv', '/dev/shm']
    const end = await runInUnit(script(tries, ...places), { writablePaths: [path] })
    // Memory that is shared between programs is none that a restore writes to by mistake.
    expect(end.stdout.trimEnd().split('\n')).toEqual([path, '/dev/shm'])
  })

  test('has its input, its folder and its environment, and answers with its own exit code', async () => {
    const program = { ...script('pwd; cat; printf %s "$A"; exit 9'), cwd: '/srv', input: 'mine\n' }
    const end = await runInUnit({ ...program, env: { ...program.env, A: 'two\nlines' } })
    expect(end).toMatchObject({ exitCode: 9, stdout: '/srv\nmine\ntwo\nlines' })
  })

  test('shows nobody its secrets', async () => {
    const secret = crypto.randomUUID()
    const stop = new AbortController()
    let seen: Promise<string> | undefined
    const look = ['sh', '-c', `systemctl show ${UNIT}; cat /run/systemd/transient/*; cat /proc/[0-9]*/cmdline`] as const
    const program = { ...script('echo on; while :; do sleep 1; done'), env: { PATH: '/usr/bin', SECRET: secret } }
    await runInUnit(
      program,
      {},
      {
        signal: stop.signal,
        onStdoutLine: () => {
          seen = systemd.ask(...look).finally(() => stop.abort())
        },
      },
    )
    const text = await seen
    expect(text).toContain('ProtectSystem=strict')
    expect(text).not.toContain(secret)
  })

  test.each([
    ['that heeds a signal ends by itself', 'trap "echo heeded; exit 0" TERM', 5000, ['on', 'heeded']],
    ['that does not is killed', 'trap "" TERM', 300, ['on']],
  ])('%s when its run is cancelled, and the unit is gone then', async (_, trap, graceMilliseconds, expected) => {
    const stop = new AbortController()
    const lines: string[] = []
    const onStdoutLine = (line: string): void => {
      lines.push(line)
      stop.abort()
    }
    const program = script(`${trap}; echo on; while :; do sleep 0.05; done`)
    await runInUnit(program, { graceMilliseconds }, { signal: stop.signal, onStdoutLine })
    expect(lines).toEqual(expected)
    expect((await systemd.run(['systemctl', 'is-active', UNIT])).out).toBe('inactive\n')
  })

  test('that cannot have one of its paths does not start', async () => {
    const end = await runInUnit(script('echo started'), { writablePaths: [join(directory.path, 'missing')] })
    expect(end).toMatchObject({ exitCode: 226, stdout: '' })
  })

  test('can be asked for by the agent out of its own sandbox, which may not write there itself', async () => {
    const source = join(directory.path, 'asking.ts')
    writeFileSync(source, asking('/srv/target'))
    await systemd.ask('mkdir', '-p', '/srv/target', '/var/restic-restore')
    await systemd.ask('cp', source, '/srv/asking.ts')
    const unit = readFileSync(join(ROOT, 'resources/agent/restore-agent.service'), 'utf8')
    const file = join(directory.path, 'restore-agent.service')
    // The sources may be below /tmp, which it does not see.
    const sources = `BindReadOnlyPaths="${ROOT}" "${process.execPath}"`
    writeFileSync(file, unit.replace(/^ExecStart=.*/m, `ExecStart=${process.execPath} /srv/asking.ts\n${sources}`))
    await systemd.ask('cp', file, '/etc/systemd/system/restore-agent.service')
    await systemd.ask('systemctl', 'daemon-reload')
    await systemd.ask('systemctl', 'start', '--wait', 'restore-agent')
    const answer: unknown = JSON.parse(await systemd.ask('cat', '/var/lib/restore-agent/answer.json'))
    expect(answer).toEqual({ sandbox: { kind: 'unit' }, alone: 'EROFS', exitCode: 0, stdout: 'from scratch\n' })
    expect(await systemd.ask('cat', '/srv/target/made')).toBe('made\n')
  })

  requireTool('restic')('of restic', () => {
    test('gives back all that a system has: owners, set-user-id, capabilities, devices', async () => {
      const source = folder('source')
      await writeFiles(source, { plain: 'p', owned: 'o', raised: 'r', capable: 'c' })
      execFileSync(
        'sh',
        [
          '-c',
          'chown 1234:5678 owned raised; chmod 6755 raised; setcap cap_net_raw+ep capable; mknod device c 1 3; mkfifo pipe; chmod 0500 .',
        ],
        { cwd: source },
      )
      const { repository, snapshotId } = await makeRepository({ directory: folder('made'), source })
      const target = folder('target')
      const { access, restic, cacheDirectory } = repository
      const program = {
        file: restic.path,
        args: ['restore', snapshotId, '--target', target, '--no-lock'],
        env: { RESTIC_REPOSITORY: access.url, RESTIC_PASSWORD: access.password, RESTIC_CACHE_DIR: cacheDirectory },
      }
      const end = await runInUnit(program, { writablePaths: [target, cacheDirectory] })
      expect(end).toMatchObject({ exitCode: 0, stderrTail: '' })
      const listing = (path: string): string =>
        execFileSync('sh', ['-c', 'stat -c "%n %a %u %g %F %s" * && getcap *'], { cwd: path, encoding: 'utf8' })
      expect(listing(target)).toBe(listing(source))
      expect(readFileSync(join(target, 'plain'), 'utf8')).toBe('p')
    })
  })
})

/** A program in place of the agent: tries to write itself, then asks for a unit that may, and reads a scratch file in it. */
function asking(target: string): string {
  return `
    import { mkdtempSync, writeFileSync } from 'node:fs'
    import { tmpdir } from 'node:os'
    import { runProgram } from '${ROOT}/engine/process/program.ts'
    import { endLeftUnits, findSandbox } from '${ROOT}/agent/sandbox/sandbox.ts'
    import { asTransientUnit } from '${ROOT}/agent/sandbox/transient-unit.ts'
    const sandbox = findSandbox()
    await endLeftUnits(sandbox, AbortSignal.timeout(5000))
    let alone = 'it could'
    try { writeFileSync('${target}/alone', '') } catch (error) { alone = error.code }
    const scratch = mkdtempSync(tmpdir() + '/x-') + '/file'
    writeFileSync(scratch, 'from scratch\\n')
    const program = { file: '/bin/sh', args: ['-c', 'cat "$1"; echo made >${target}/made', 'sh', scratch], env: { PATH: '/usr/bin' } }
    const confines = { runId: 'asked', writablePaths: ['${target}'], graceMilliseconds: 1000 }
    const { exitCode, stdout } = await runProgram({ tool: 'unit', secrets: [], ...asTransientUnit(program, confines) })
    writeFileSync('/var/lib/restore-agent/answer.json', JSON.stringify({ sandbox, alone, exitCode, stdout }))
  `
}
