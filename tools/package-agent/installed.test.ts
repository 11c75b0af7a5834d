import { execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, copyFileSync, cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type AgentClient, agentContract } from '../../contract/agent/index.ts'
import { AGENT_PROTOCOL } from '../../contract/shapes/host.ts'
import type { RestoreRequest, Target } from '../../contract/shapes/restore.ts'
import type { Run } from '../../contract/shapes/run.ts'
import { connect } from '../../contract/wire/client.ts'
import { pipePort } from '../../contract/wire/pipe-port.ts'
import { makeRepository, requireTool, restic, writeFiles } from '../../test/restic.ts'
import { newRestore } from '../../test/restore-request.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../../test/temporary-directory.ts'
import { assemble } from './assemble.ts'
import { ROOT } from './bundle.ts'
import { seal } from './seal.ts'
import { type BootedSystemd, bootSystemd, whyNoSystemd } from './testing/booted-systemd.ts'
import { makePackage } from './testing/package-double.ts'

const reason = whyNoSystemd()
const suite = reason === undefined ? requireTool('restic') : describe.skip
const title = `the agent, installed where systemd runs${reason === undefined ? '' : ` (skipped: ${reason})`}`

/** How long an agent may take to be there on a machine that has other work. */
const ANSWERING = { timeout: 20_000 }
/** The real restic. Where /srv/hold is, what a restore calls to write tells where it can, and then waits to be ended. */
const RESTIC = `#!/bin/sh
case "$*" in *--sparse*) [ ! -e /srv/hold ] || holding=yes ;; esac
[ "\${holding-}" = yes ] || exec /srv/restic "$@"
while [ "$1" != --target ]; do shift; done
for place in "$2" /srv /srv/repository /srv/repository/locks /etc /root /tmp /var/restic-restore /var/lib/restore-agent; do
  touch "$place/made" 2>/dev/null && rm "$place/made" && echo "$place"
done >"$2/telling"
mv "$2/telling" "$2/told"
exec sleep 1000
`

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
    writeFileSync(join(directory.path, 'restic.sh'), RESTIC, { mode: 0o755 })

    systemd = await bootSystemd(directory.path)
    await systemd.ask('cp', '-r', made.repository.access.url, '/srv/repository')
    await systemd.ask('cp', join(directory.path, 'restic'), '/srv/restic')
    await systemd.ask('cp', join(directory.path, 'restic.sh'), '/usr/local/bin/restic')
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

  async function start(client: AgentClient, target: Target): Promise<Run> {
    const [known] = await client.repository.list({})
    const repositoryId = known?.id ?? ''
    const request = newRestore(snapshotId, { repositoryId, target, exclude: ['/left-out'] })
    return client.restore.start({ request, requestKey: randomUUID(), planHash: null })
  }

  async function restored(
    target: Target,
  ): Promise<{ readonly state: string; readonly fault: Run['fault']; readonly path: string; readonly log: string }> {
    return asking(async (client) => {
      const run = await start(client, target)
      const log: string[] = []
      for await (const event of await client.run.follow({ runId: run.id })) {
        if (event.type === 'log') log.push(event.text)
      }
      const { state, subject, fault } = await client.run.get({ runId: run.id })
      return { state, fault, path: subject.kind === 'restore' ? subject.targetPath : '', log: log.join('\n') }
    })
  }

  const unitsLeft = (): Promise<string> =>
    systemd.ask('systemctl', 'list-units', '--all', '--plain', '--no-legend', 'restore-agent-run-*')

  test('is installed, says what is missing, and runs in its sandbox', async () => {
    const { exitCode, out, said } = await systemd.run([join(folder, 'install.sh')])
    expect([exitCode, said]).toEqual([0, ''])
    expect(out).toContain('systemctl enable --now restore-agent')
    expect((await systemd.run(['restore-agent', 'doctor'])).out).toContain('it is not running')
    await systemd.ask('systemctl', 'enable', '--now', 'restore-agent')
    await expect.poll(() => systemd.run(['restore-agent', 'peers']), ANSWERING).toMatchObject({ exitCode: 0 })
    expect(await systemd.ask('restore-agent', 'doctor')).toMatch(/^ok {4}agent: \S+ runs as root$/m)
    const process = (await systemd.ask('systemctl', 'show', '--property=MainPID', '--value', 'restore-agent')).trim()
    const status = await systemd.ask('cat', `/proc/${process}/status`)
    // chown, dac_override, dac_read_search, fowner
    expect(status).toMatch(/^CapEff:\s+000000000000000f$/m)
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m)
    expect(status).toMatch(/^Seccomp:\s+2$/m)
  })

  test('restores in a unit of its own what belongs to others, where it may not write itself', async () => {
    await asking((client) =>
      client.repository.add({
        name: 'files',
        access: { url: '/srv/repository', username: '', serverPassword: '', password },
      }),
    )
    await systemd.ask('mkdir', '/srv/empty')
    const paths = ['/srv/chosen', '/srv/empty', '/var/tmp/chosen']
    for (const target of [{ kind: 'staging' } as const, ...paths.map((path) => ({ kind: 'path', path }) as const)]) {
      const { state, fault, path, log } = await restored(target)
      expect([state, fault, log]).toEqual([
        'succeeded',
        null,
        expect.stringMatching(/^The unit restore-agent-run-restore-\S+ writes/m),
      ])
      expect(log).not.toContain('read without a lock')
      expect(await systemd.ask('sh', '-c', `cd '${path}' && cat plain owned raised shut/in`)).toBe('pors')
      expect(await systemd.ask('stat', '-c', '%a %u %g', path, join(path, 'raised'))).toBe('700 0 0\n755 0 0\n')
    }
    expect(await systemd.ask('ls', '/srv/repository/locks', '/var/lib/restore-agent/scratch')).not.toMatch(/^[^/\n]/m)
    expect(await unitsLeft()).toBe('')
  })

  test('compares with the host what its sandbox lets it see, and says of what is hidden that it cannot look there', async () => {
    const backUp =
      'RESTIC_PASSWORD="$1" /srv/restic -r /srv/repository backup --quiet --json /srv/chosen /var/tmp/chosen'
    const output = await systemd.ask('sh', '-c', backUp, 'sh', password)
    const made = JSON.parse(output.trim().split('\n').at(-1) ?? '') as { snapshot_id: string }
    await systemd.ask('sh', '-c', 'echo more >>/srv/chosen/plain')
    await asking(async (client) => {
      const [known] = await client.repository.list({})
      const asked = { repositoryId: known?.id ?? '', snapshotId: made.snapshot_id }
      const ends: unknown[] = []
      for await (const event of await client.compare.liveRollUps({ ...asked, path: '/' }))
        if (event.kind === 'ended') ends.push(event.rollUp)
      // /var/tmp is the service’s own.
      expect(ends).toMatchObject([{ modified: 1, removed: 0, added: 0, undecided: 0, unread: 1 }])
      const hidden = { ...asked, path: '/var/tmp/chosen' }
      const level = client.compare.liveLevel({ ...hidden, offset: 0, limit: 10, all: false })
      await expect(level).rejects.toMatchObject({ code: 'forbidden', data: { needs: 'read-folder' } })
      const file = { ...hidden, path: '/var/tmp/chosen/plain' }
      await expect(client.compare.liveNode(file)).rejects.toMatchObject({ code: 'forbidden' })
      const contents = client.compare.liveContents({ ...file, limit: 10, compare: false })
      await expect(contents).rejects.toMatchObject({ code: 'forbidden', data: { needs: 'read-file' } })
    })
  })

  test('writes nothing where the host has something that the agent cannot see', async () => {
    await systemd.ask('ln', '-s', '/srv', '/var/tmp/link')
    await expect(restored({ kind: 'path', path: '/var/tmp/link' })).resolves.toMatchObject({ state: 'failed' })
    expect((await systemd.run(['ls', '/srv/plain'])).exitCode).not.toBe(0)
  })

  test.each(['cancelled', 'interrupted'])(
    'may write to its target alone, and leaves nothing when it is %s',
    async (how) => {
      await systemd.ask('touch', '/srv/hold')
      const target = `/srv/${how}`
      const run = await asking((client) => start(client, { kind: 'path', path: target }))
      await expect.poll(() => systemd.run(['cat', `${target}/told`]), ANSWERING).toMatchObject({ exitCode: 0 })
      expect(await systemd.ask('cat', `${target}/told`)).toBe(`${target}\n/srv/repository/locks\n`)
      expect(await unitsLeft()).toContain(`restore-agent-run-${run.id}.service`)
      if (how === 'cancelled') await asking((client) => client.run.cancel({ runId: run.id, when: 'now' }))
      else {
        await systemd.ask('systemctl', 'kill', '--kill-whom=all', '--signal=KILL', 'restore-agent')
        await systemd.ask('systemctl', 'restart', 'restore-agent')
        await expect.poll(() => systemd.run(['restore-agent', 'peers']), ANSWERING).toMatchObject({ exitCode: 0 })
      }
      expect(await asking((client) => client.run.get({ runId: run.id }))).toMatchObject({ state: how, fault: null })
      expect(await unitsLeft()).toBe('')
      expect((await systemd.run(['pgrep', '-x', 'sleep'])).out).toBe('')
      await systemd.ask('rm', '/srv/hold')
    },
  )

  test('makes a repository outside its own folders, and backs up to it, in units that can write to nothing else', async () => {
    const url = '/srv/backup/repo'
    // It says in the run's log where it can write.
    const tries = `for place in ${url} /srv /srv/backup /etc /root /tmp /var/restic-restore /var/lib/restore-agent; do
  touch "$place/made" 2>/dev/null && rm "$place/made" && echo "can write to $place" >&2
done
exec /srv/restic "$@"`
    await systemd.ask('cp', '/usr/local/bin/restic', '/srv/restic.before')
    await systemd.run(
      ['sh', '-c', 'cat >/usr/local/bin/restic'],
      `#!/bin/sh\n[ "$1" = backup ] || exec /srv/restic "$@"\n${tries}\n`,
    )
    const runs = await asking(async (client) => {
      const access = { url, username: '', serverPassword: '', password }
      const { id: repositoryId } = await client.repository.add({ name: 'near', access })
      const ended = async ({ id }: Run): Promise<{ readonly run: Run; readonly log: readonly string[] }> => {
        const log: string[] = []
        for await (const event of await client.run.follow({ runId: id })) if (event.type === 'log') log.push(event.text)
        return { run: await client.run.get({ runId: id }), log }
      }
      const wanted = () => ({ repositoryId, requestKey: randomUUID() })
      const init = await ended(await client.repository.initialise({ ...wanted(), again: null }))
      await client.repository.setBackup({ repositoryId, backup: { paths: ['/etc/passwd'], exclude: [] } })
      const backup = await ended(await client.repository.backUp(wanted()))
      const snapshots = (await client.snapshot.list({ repositoryId })).id.length
      await client.repository.remove({ repositoryId })
      return { init, backup, snapshots }
    })
    expect(runs.init).toMatchObject({ run: { state: 'succeeded', fault: null } })
    expect(runs.backup).toMatchObject({ run: { state: 'succeeded', fault: null } })
    expect(runs.snapshots).toBe(1)
    expect(runs.backup.log.filter((text) => text.startsWith('can write to'))).toEqual([`can write to ${url}`])
    expect(await systemd.ask('stat', '-c', '%a %U', url)).toBe('700 root\n')
    expect(await systemd.ask('ls', `${url}/locks`, '/var/lib/restore-agent/scratch')).not.toMatch(/^[^/\n]/m)
    expect(await unitsLeft()).toBe('')
    await systemd.ask('cp', '/srv/restic.before', '/usr/local/bin/restic')
  })

  test('restores over original files where it may not write itself, saves them first, and goes back', async () => {
    const content = (): Promise<string> =>
      systemd.ask('sh', '-c', 'cat /srv/app/conf; stat -c %a:%u /srv/app/conf; ls /srv/app')
    await systemd.ask(
      'sh',
      '-c',
      'mkdir /srv/app && echo old >/srv/app/conf && chown 1234 /srv/app/conf && echo gone >/srv/app/gone',
    )
    const restoring = await asking(async (client) => {
      const access = { url: '/srv/backup/repo', username: '', serverPassword: '', password }
      const { id: repositoryId } = await client.repository.add({ name: 'near', access })
      const over = async ({ id }: Run): Promise<Run> => {
        for await (const _ of await client.run.follow({ runId: id }));
        return await client.run.get({ runId: id })
      }
      await client.repository.setBackup({ repositoryId, backup: { paths: ['/srv/app'], exclude: [] } })
      await over(await client.repository.backUp({ repositoryId, requestKey: randomUUID() }))
      const [snapshot = ''] = (await client.snapshot.list({ repositoryId })).id
      await systemd.ask('sh', '-c', 'echo new >/srv/app/conf && chmod 600 /srv/app/conf && rm /srv/app/gone')
      const { hostname } = await client.host.hello({ protocol: AGENT_PROTOCOL })
      const confirmation = { hostname, reason: 'the new one was wrong', safetySnapshot: true }
      const inPlace = async (request: RestoreRequest): Promise<Run> => {
        const { hash: planHash } = await client.restore.plan({ request })
        return await over(
          await client.restore.startInPlace({ request, requestKey: randomUUID(), planHash, confirmation }),
        )
      }
      const before = await content()
      const request = newRestore(snapshot, {
        repositoryId,
        target: { kind: 'in-place' },
        include: ['/srv/app'],
        readBack: true,
      })
      const restored = await inPlace(request)
      const after = await content()
      const reverted = await inPlace({ kind: 'revert', runId: restored.id })
      await client.repository.remove({ repositoryId })
      return { before, restored, after, reverted, back: await content() }
    })
    expect(restoring.restored).toMatchObject({
      state: 'succeeded',
      fault: null,
      subject: { evidence: { different: 0 } },
    })
    expect(restoring.after).toBe('old\n644:1234\nconf\ngone\n')
    expect(restoring.reverted).toMatchObject({ state: 'succeeded', fault: null })
    expect(restoring.back).toBe(restoring.before)
    expect(restoring.before).toBe('new\n600:1234\nconf\n')
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
    await expect.poll(() => systemd.run(['restore-agent', 'runs']), ANSWERING).toMatchObject({ exitCode: 0 })
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
