import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { daemonWorld } from '../../agent/testing/daemon-world.ts'
import { agentContract } from '../../contract/agent/index.ts'
import { AGENT_PROTOCOL } from '../../contract/shapes/host.ts'
import { connect } from '../../contract/wire/client.ts'
import { AgentDouble } from '../../test/agent-double.ts'
import { consoleOverDouble, keychainInMemory } from '../../test/console-over-double.ts'
import { type SshServer, startSshServer } from '../../test/sshd.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { requireTool } from '../../test/tools.ts'
import { sshDoor } from './ssh-link.ts'

requireTool('sshd')('agents through a real sshd', () => {
  const directory = temporaryDirectory()
  const { path } = directory
  let server: SshServer

  beforeAll(async () => {
    server = await startSshServer(path)
  })
  afterAll(async () => {
    await server[Symbol.asyncDispose]()
    await directory[Symbol.asyncDispose]()
  })

  const hello = { protocol: AGENT_PROTOCOL }

  async function endOf(destination: string) {
    const port = await sshDoor(server.program)(destination)
    const reason = await new Promise<string>((resolve) => port.onClose(resolve))
    return { reason, obstacle: port.failure?.()?.obstacle }
  }

  test('an agent of its own answers where none runs, as admin', async () => {
    const port = await sshDoor(server.program)('box')
    const agent = connect(agentContract, port)
    const { agentId, granted } = await agent.host.hello(hello)
    expect(granted).toMatchObject({ role: 'admin' })
    const closed = new Promise<string>((resolve) => port.onClose(resolve))
    port.close('enough')
    expect(await closed).toBe('enough')

    // The one that runs has the same data, so it is the same agent.
    await expect.poll(async () => idOfDaemon().catch(() => null), { timeout: 20_000, interval: 200 }).toBe(agentId)
  })

  async function idOfDaemon(): Promise<string> {
    await using daemon = await daemonWorld(path)
    const port = await sshDoor(server.program)('box')
    const { agentId } = await connect(agentContract, port).host.hello(hello)
    port.close('enough')
    expect(agentId).toBe(daemon.daemon.agent.id)
    return agentId
  }

  test('a console adds the host, and comes back when the line is cut', async () => {
    await using data = temporaryDirectory()
    const doors = { dialSsh: sshDoor(server.program) }
    await using world = await consoleOverDouble(new AgentDouble(), data.path, keychainInMemory(), doors)
    const { client } = world
    const { id: hostId, link } = await client.hosts.addThroughSsh({ destination: 'box', name: '' })
    expect(link.state).toBe('connected')
    server.cut()
    const now = async () => (await client.hosts.get({ hostId })).link
    await expect.poll(async () => (await now()).since, { timeout: 20_000 }).not.toBe(link.since)
    await expect.poll(async () => (await now()).state, { timeout: 20_000 }).toBe('connected')
  })

  test('what is in the way is told apart', async () => {
    expect(await endOf('stranger')).toMatchObject({
      obstacle: 'other_key',
      reason: expect.stringContaining('does not know the host key'),
    })
    expect(await endOf('nobody@box')).toMatchObject({
      obstacle: 'not_admitted',
      reason: expect.stringContaining('Permission denied'),
    })
    expect(await endOf('no-such-host.invalid')).toMatchObject({
      obstacle: 'unreachable',
      reason: expect.stringContaining('Could not resolve'),
    })
    rmSync(join(path, 'bin/restore-agent'))
    expect(await endOf('box')).toMatchObject({ obstacle: 'not_installed' })
    await server.changeHostKey()
    expect(await endOf('box')).toMatchObject({
      obstacle: 'other_key',
      reason: expect.stringContaining('another host key'),
    })
  })
})
