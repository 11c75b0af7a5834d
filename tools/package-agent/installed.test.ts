import { execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, copyFileSync, cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type AgentClient, agentContract } from '../../contract/agent/index.ts'
import type { Target } from '../../contract/shapes/restore.ts'
import { connect } from '../../contract/wire/client.ts'
import { pipePort } from '../../contract/wire/pipe-port.ts'
import { makeRepository, requireTool, restic, writeFiles } from '../../test/restic.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../../test/temporary-directory.ts'
import { assemble } from './assemble.ts'
import { ROOT } from './bundle.ts'
import { seal } from './seal.ts'
import { type BootedSystemd, bootSystemd, whyNoSystemd } from './testing/booted-systemd.ts'
import { makePackage } from './testing/package-double.ts'

const reason = whyNoSystemd()
const suite = reason === undefined ? requireTool('restic') : describe.skip
const title = `the agent, installed where systemd runs${reason === undefined ? '' : ` (skipped: ${reason})`}`

suite(title, () => {
  let directory: TemporaryDirectory
  let systemd: BootedSystemd
  let folder: string
  let snapshotId: string
  let password: string
  beforeAll(async () => {
    directory = temporaryDirectory()
    folder = join(directory.path, 'restore-agent')
    await assemble(folder)
    const source = join(directory.path, 'source')
    await writeFiles(source, { plain: 'p', owned: 'o', raised: 'r', 'shut/in': 's' })
    execFileSync('chown', ['1234:5678', 'owned', 'raised'], { cwd: source })
    chmodSync(join(source, 'raised'), 0o6755)
    chmodSync(join(source, 'shut'), 0o500)
    const made = await makeRepository({ directory: join(directory.path, 'made'), source })
    snapshotId = made.snapshotId
    password = made.repository.access.password
    copyFileSync(restic().path, join(directory.path, 'restic'))

    systemd = await bootSystemd(directory.path)
    await systemd.ask('cp', '-r', made.repository.access.url, '/srv/repository')
    await systemd.ask('cp', join(directory.path, 'restic'), '/usr/local/bin/restic')
    // Neither the sources nor their packages are there.
    await systemd.ask('mount', '-t', 'tmpfs', 'tmpfs', ROOT)
    return async () => {
      await systemd[Symbol.asyncDispose]()
      await directory[Symbol.asyncDispose]()
    }
  })

  /** Ask the agent as ssh would, over standard input and output. */
  async function asking<T>(ask: (client: AgentClient) => Promise<T>): Promise<T> {
    const [file, ...args] = systemd.there('restore-agent', 'stdio')
    const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'ignore'] })
    const port = pipePort(child.stdout, child.stdin)
    try {
      return await ask(connect(agentContract, port))
    } finally {
      port.close('it has been answered')
    }
  }

  async function restored(target: Target): Promise<{ readonly state: string; readonly path: string }> {
    return asking(async (client) => {
      const [known] = await client.repository.list({})
      const selection = { include: ['/'], exclude: [] }
      const run = await client.restore.start({
        repositoryId: known?.id ?? '',
        snapshotId,
        selection,
        target,
        requestKey: randomUUID(),
      })
      for await (const event of await client.run.follow({ runId: run.id })) void event
      const { state, subject } = await client.run.get({ runId: run.id })
      return { state, path: subject.kind === 'restore' ? subject.targetPath : '' }
    })
  }

  test('is installed, says what is missing, and runs in its sandbox', async () => {
    const { exitCode, out, said } = await systemd.run([join(folder, 'install.sh')])
    expect([exitCode, said]).toEqual([0, ''])
    expect(out).toContain('systemctl enable --now restore-agent')
    expect((await systemd.run(['restore-agent', 'doctor'])).out).toContain('it is not running')
    await systemd.ask('systemctl', 'enable', '--now', 'restore-agent')
    await expect.poll(() => systemd.run(['restore-agent', 'peers'])).toMatchObject({ exitCode: 0 })
    expect(await systemd.ask('restore-agent', 'doctor')).toMatch(/^ok {4}agent: \S+ runs as root$/m)
    const process = (await systemd.ask('systemctl', 'show', '--property=MainPID', '--value', 'restore-agent')).trim()
    const status = await systemd.ask('cat', `/proc/${process}/status`)
    // chown, dac_override, dac_read_search, fowner
    expect(status).toMatch(/^CapEff:\s+000000000000000f$/m)
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m)
    expect(status).toMatch(/^Seccomp:\s+2$/m)
  })

  test('restores in its sandbox what belongs to others, and writes nowhere that it may not', async () => {
    await asking((client) =>
      client.repository.add({
        name: 'files',
        access: { url: '/srv/repository', username: '', serverPassword: '', password },
      }),
    )
    const { state, path } = await restored({ kind: 'staging' })
    expect(state).toBe('succeeded')
    expect(await systemd.ask('sh', '-c', `cd '${path}' && cat plain owned raised shut/in`)).toBe('pors')
    expect(await systemd.ask('stat', '-c', '%a %u %g', join(path, 'raised'))).toBe('755 0 0\n')
    for (const place of ['/srv/chosen', '/tmp/chosen']) {
      await expect(restored({ kind: 'path', path: place })).resolves.toMatchObject({ state: 'failed' })
      expect((await systemd.run(['ls', place])).exitCode).not.toBe(0)
    }
  })

  test('is upgraded while it runs, and goes back by itself when the new version does not answer', async () => {
    const next = join(directory.path, 'next')
    cpSync(folder, next, { recursive: true })
    writeFileSync(join(next, 'VERSION'), '9.0.0\n')
    seal(next)
    const upgraded = await systemd.run([join(next, 'install.sh')])
    expect(upgraded).toMatchObject({ exitCode: 0, said: '' })
    expect(upgraded.out).toContain('restarted the agent')

    const broken = makePackage(directory.path, { version: '9.1.0' })
    const refused = await systemd.run([join(broken, 'install.sh')])
    expect(refused.exitCode).toBe(1)
    expect(refused.said).toMatch(/does not answer after the restart[\s\S]*what was there before is in its place/)
    expect(await systemd.ask('readlink', '/opt/restore-agent/current')).toContain('9.0.0')
    await expect.poll(() => systemd.run(['restore-agent', 'runs'])).toMatchObject({ exitCode: 0 })
  })

  test('stops within its time, and is removed with all but its data', async () => {
    const { exitCode } = await systemd.run(['/opt/restore-agent/current/install.sh', '--uninstall'])
    expect(exitCode).toBe(0)
    expect((await systemd.run(['systemctl', 'is-active', 'restore-agent'])).out).toBe('inactive\n')
    const left = await systemd.run([
      'ls',
      '/opt/restore-agent',
      '/usr/local/bin/restore-agent',
      '/var/lib/restore-agent/agent.db',
    ])
    expect(left.out).toBe('/var/lib/restore-agent/agent.db\n')
  })
})
