import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type AgentClient, agentContract } from '../../contract/agent/index.ts'
import { readEnrolment } from '../../contract/shapes/enrolment.ts'
import { AGENT_PROTOCOL } from '../../contract/shapes/host.ts'
import { connect } from '../../contract/wire/client.ts'
import { pipePort } from '../../contract/wire/pipe-port.ts'
import { makeRepository, requireTool, restic } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { dialAgent } from '../listen/dial-socket.ts'
import { agentProgram, type ServedProgram, serveProgram, startProgram } from '../testing/agent-program.ts'
import { dialPinned, postEnrol } from '../testing/pinned-console.ts'
import { makeIdentity } from '../../engine/identity/identity.ts'

const PASSWORD = 'correct horse'
const HELLO = { protocol: AGENT_PROTOCOL }

interface Served extends AsyncDisposable {
  readonly program: ServedProgram
  readonly where: readonly string[]
  readonly data: string
}

async function served(directory: string, more: readonly string[] = []): Promise<Served> {
  const data = join(directory, 'data')
  const where = ['--data-directory', data]
  const program = await serveProgram([...where, '--listen', '127.0.0.1:0', '--restic', restic().path, ...more])
  return { program, where, data, [Symbol.asyncDispose]: () => program[Symbol.asyncDispose]() }
}

async function own(data: string): Promise<AgentClient> {
  return connect(agentContract, await dialAgent(data, { origin: 'a test', peer: 'root@host', wants: 'agent' }))
}

/** `restore-agent stdio`, as a console speaks with it. */
function overStdio(where: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const child = startProgram(['stdio', ...where], environment)
  const { stdin, stdout } = child
  if (stdin === null || stdout === null) throw new Error('the program has no pipes')
  child.stderr?.resume()
  const ended = once(child, 'exit').then(([code]): number | null => code)
  return { child, ended, client: connect(agentContract, pipePort(stdout, stdin)), end: () => stdin.end() }
}

requireTool('restic')('restore-agent', () => {
  test('serves until it is told to stop, and its administrator enrols, lists and revokes', async () => {
    await using directory = temporaryDirectory()
    await using agent = await served(directory.path)
    const asked = ['enrol', '--role', 'viewer', '--workspace', 'ops', '--ttl', '2m', '--may-read-contents']
    const made = await agentProgram([...asked, ...agent.where])
    expect(made.code).toBe(0)
    expect(made.out.trim().split('\n')).toHaveLength(1)
    expect(made.err).toContain('lets one console in as viewer of ops')
    const enrolment = readEnrolment(made.out)
    if (enrolment === undefined) throw new Error(`this is no enrolment: ${made.out}`)

    const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(enrolment.address) ?? []
    const to = { host, port: Number(port), pin: enrolment.pin, identity: await makeIdentity('ada@desk') }
    const { code, workspace } = enrolment
    expect(await postEnrol(to, { ...HELLO, code, workspace, peer: 'ada@desk' })).toMatchObject({ status: 200 })
    const client = connect(agentContract, await dialPinned(to))
    expect(await client.host.hello(HELLO)).toMatchObject({ restic: { path: restic().path } })

    const listed = await agentProgram(['peers', '--json', ...agent.where])
    expect(JSON.parse(listed.out)).toMatchObject({ name: 'ada@desk', role: 'viewer', connections: 1 })
    expect((await agentProgram(['peers', ...agent.where])).out).toMatch(
      /^NAME +ROLE +MAY.*\nada@desk +viewer +read-con/,
    )
    const watching = (await client.run.watch()).next().catch((error: unknown) => error)
    const revoked = await agentProgram(['peers', 'revoke', 'ada@desk', ...agent.where])
    expect(revoked).toMatchObject({ code: 0, out: '' })
    expect(revoked.err).toContain('Its connections were ended: 1.')
    expect(await watching).toMatchObject({ name: 'ConnectionLost' })

    const { out } = await agentProgram(['audit', '--json', ...agent.where])
    const actions = out.split('\n').flatMap((line) => (line === '' ? [] : JSON.parse(line).action))
    expect(actions).toEqual(['peer.revoke', 'peer.enrol', 'peer.invite'])
    expect(await agent.program.stop()).toBe(0)
    expect(agent.program.log.every((line) => typeof JSON.parse(line).event === 'string')).toBe(true)
  })

  test('lists repositories without their passwords, and says in the doctor which do not answer', async () => {
    await using directory = temporaryDirectory()
    await using agent = await served(directory.path)
    const { repository } = await makeRepository({ directory: directory.path })
    const client = await own(agent.data)
    const access = { username: 'ada', serverPassword: 'hunter2', password: PASSWORD }
    await client.repository.add({ name: 'here', access: { ...access, url: repository.access.url } })
    await client.repository.add({ name: 'away', access: { ...access, url: join(directory.path, 'away') } })
    const { out } = await agentProgram(['repositories', ...agent.where])
    expect(out).toMatch(/here +\/.* +ada +kept/)
    expect(out).not.toContain('hunter2')

    const config = join(directory.path, 'agent.json')
    writeFileSync(config, JSON.stringify({ listen: null, resticCandidates: [restic().path] }))
    const ill = await agentProgram(['doctor', '--json', '--config', config, ...agent.where])
    const findings = ill.out.split('\n').flatMap((line) => (line === '' ? [] : JSON.parse(line)))
    expect(findings).toContainEqual({
      check: 'repositories',
      state: 'ok',
      says: 'here is there, with 1 snapshots',
      todo: '',
    })
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'repositories', state: 'fail', says: expect.stringContaining('away') }),
    )
    expect(ill).toMatchObject({ code: 1, err: expect.stringMatching(/1 of \d+ checks failed/) })
  })

  test('an interrupted run is recorded when the agent is told to stop, and it stops in time', async () => {
    await using directory = temporaryDirectory()
    await using agent = await served(directory.path)
    const client = await own(agent.data)
    const run = await client.repository.createSample({ requestKey: randomUUID() })
    expect(await agent.program.stop()).toBe(0)
    await using again = await served(directory.path)
    const { out } = await agentProgram(['runs', '--json', ...again.where])
    expect(JSON.parse(out)).toMatchObject({ id: run.id, state: expect.stringMatching(/interrupted|succeeded/) })
  })

  test('the doctor finds nothing wrong before the first start, and a taken port', async () => {
    await using directory = temporaryDirectory()
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const where = ['--data-directory', join(directory.path, 'data')]
    const config = join(directory.path, 'agent.json')
    const write = (listen: string | null): void =>
      writeFileSync(config, JSON.stringify({ listen, resticCandidates: [restic().path], stagingRoot: directory.path }))
    write(null)
    expect(await agentProgram(['doctor', '--config', config, ...where])).toMatchObject({ code: 0 })
    write(`127.0.0.1:${port}`)
    expect(await agentProgram(['doctor', '--config', config, ...where])).toMatchObject({
      code: 1,
      out: expect.stringContaining(`fail  listener: 127.0.0.1:${port} is taken`),
    })
    server.close()
  })

  test('the doctor finds a key that others may read', async () => {
    await using directory = temporaryDirectory()
    await using agent = await served(directory.path)
    await agent.program.stop()
    chmodSync(join(agent.data, 'identity.pem'), 0o644)
    expect(await agentProgram(['doctor', ...agent.where])).toMatchObject({
      code: 1,
      out: expect.stringContaining('fail  keys: Others may read the key'),
    })
  })

  test.each([
    [['peers'], 1, 'is not running. Start it'],
    [['enrol', '--role', 'viewer', '--workspace', 'ops'], 1, 'is not running. Start it'],
    [['enrol', '--role', 'root', '--workspace', 'ops'], 2, 'Say which role'],
    [['enrol', '--role', 'viewer'], 2, 'Say which workspace'],
    [['enrol', '--role', 'viewer', '--workspace', 'ops', '--ttl', '2 weeks'], 2, 'A time looks like 15m'],
    [['enrol', '--role', 'viewer', '--workspace', 'ops', '--ttl', '2d'], 2, '1d at most'],
    [['peers', 'revoke'], 2, 'Say which console'],
    [['peers', 'remove', 'x'], 2, 'listed or revoked'],
    [['runs', '--limit', '0'], 2, 'from 1 to 1000'],
    [['serve', '--listen', 'everywhere'], 78, 'In the command line: listen'],
    [['serve', '--port', '1'], 2, "Unknown option '--port'"],
    [['doctor', '--config', '/nowhere.json'], 78, 'cannot be read: ENOENT'],
  ])('%j says in one line what is so', async (args, code, sentence) => {
    await using directory = temporaryDirectory()
    const result = await agentProgram([...args, '--data-directory', join(directory.path, 'data')])
    expect(result).toMatchObject({ code, out: '', err: expect.stringContaining(sentence) })
    expect(result.err.trim().split('\n')).toHaveLength(1)
  })

  test('a second agent on the same data says so and leaves the first alone', async () => {
    await using directory = temporaryDirectory()
    await using agent = await served(directory.path)
    const second = await agentProgram(['serve', '--listen', 'none', ...agent.where])
    expect(second).toMatchObject({ code: 1, err: expect.stringContaining('Another agent is using') })
    expect(await (await own(agent.data)).run.list({ limit: 1 })).toEqual([])
  })
})

requireTool('restic')('restore-agent stdio', () => {
  test('reaches the agent that runs, as whoever logged in, and ends with its input', async () => {
    await using directory = temporaryDirectory()
    await using agent = await served(directory.path)
    const session = overStdio(agent.where, { SSH_CONNECTION: '192.0.2.7 50000 192.0.2.1 22' })
    const access = { url: '/srv/repository', username: '', serverPassword: '', password: 'p' }
    await session.client.repository.add({ name: 'r', access })
    expect((await session.client.audit.list({ limit: 1 })).entries[0]).toMatchObject({
      origin: 'ssh from 192.0.2.7',
      actor: expect.stringMatching(/@192\.0\.2\.7$/),
    })
    session.end()
    expect(await session.ended).toBe(0)
    expect(await (await own(agent.data)).repository.list()).toHaveLength(1)
  })

  test('ends when the agent does', async () => {
    await using directory = temporaryDirectory()
    await using agent = await served(directory.path)
    const session = overStdio(agent.where)
    await session.client.host.hello(HELLO)
    await agent.program.stop('SIGKILL')
    expect(await session.ended).toBe(0)
    await expect(session.client.host.hello(HELLO)).rejects.toMatchObject({ name: 'ConnectionLost' })
  })

  test('is an agent of its own where none runs, and two at once are one', async () => {
    await using directory = temporaryDirectory()
    const where = ['--data-directory', join(directory.path, 'data')]
    const sessions = [overStdio(where), overStdio(where)]
    await Promise.all(sessions.map(({ client }) => client.host.hello(HELLO)))
    const access = { url: '/srv/repository', username: '', serverPassword: '', password: 'p' }
    await sessions[0]?.client.repository.add({ name: 'r', access })
    expect(await sessions[1]?.client.repository.list()).toMatchObject([{ name: 'r' }])
    for (const session of sessions) session.end()
    expect(await Promise.all(sessions.map(({ ended }) => ended))).toEqual([0, 0])
    const later = overStdio(where)
    expect(await later.client.repository.list()).toMatchObject([{ name: 'r' }])
    later.end()
    expect(await later.ended).toBe(0)
  })

  test('an agent of its own stays until its run has ended, and the next call finds it', async () => {
    await using directory = temporaryDirectory()
    const data = join(directory.path, 'data')
    const where = ['--data-directory', data]
    const first = overStdio(where)
    const run = await first.client.repository.createSample({ requestKey: randomUUID() })
    first.end()
    const second = overStdio(where)
    const states: string[] = []
    for await (const event of await second.client.run.follow({ runId: run.id })) {
      if (event.type === 'state') states.push(event.run.state)
    }
    expect(states.at(-1)).toBe('succeeded')
    second.end()
    expect(await Promise.all([first.ended, second.ended])).toEqual([0, 0])
  })

  test('a flood of nonsense ends the session and not the agent', async () => {
    await using directory = temporaryDirectory()
    await using agent = await served(directory.path)
    const session = overStdio(agent.where)
    session.child.stdin?.on('error', () => undefined)
    session.child.stdin?.write(`${'{"i":"1","p":{"u":"/no'.repeat(1000)}\n`)
    expect(await session.ended).toBe(0)
    expect(await (await own(agent.data)).run.list({ limit: 1 })).toEqual([])
  })
})
