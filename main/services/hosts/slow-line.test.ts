import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { daemonWorld } from '../../../agent/testing/daemon-world.ts'
import { writeEnrolment } from '../../../contract/shapes/enrolment.ts'
import { USUAL_LINK_TIMES } from '../../../contract/shapes/link-times.ts'
import { AgentDouble } from '../../../test/agent-double.ts'
import { consoleOverDouble, keychainInMemory } from '../../../test/console-over-double.ts'
import { startCuttingProxy } from '../../../test/cutting-proxy.ts'
import { ManualClock } from '../../../test/manual-clock.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { Changes } from '../changes.ts'
import { AgentLink } from './agent-link.ts'

/** Milliseconds; many times as long as the agent of this test puts up with silence by itself. */
const STALL = 1500

/** A console, a daemon that is impatient by itself, and a line between them that can be held up. */
async function begin(open: AsyncDisposableStack) {
  const heartbeat = { every: 40, dead: 120, deadBehindBacklog: 480 }
  const agent = open.use(await daemonWorld(open.use(temporaryDirectory()).path, { limits: { heartbeat } }))
  const line = open.use(await startCuttingProxy(agent.daemon.address?.port ?? 0))
  const directory = open.use(temporaryDirectory()).path
  const world = open.use(await consoleOverDouble(new AgentDouble(), directory, keychainInMemory()))
  const enrolment = { ...(await agent.invite()), address: `127.0.0.1:${line.port}` }
  const { client } = world
  const { id: hostId } = await client.hosts.enrol({ line: writeEnrolment(enrolment), name: 'far-01' })
  const linkOf = async () => (await client.hosts.get({ hostId })).link
  return { line, world, client, hostId, directory, linkOf }
}

test('a stall on the line ends nothing as long as the console puts up with it, on either side', async () => {
  await using open = new AsyncDisposableStack()
  const { line, client, hostId, linkOf } = await begin(open)
  const before = await linkOf()
  line.hold(true)
  const asked = client.audit.anchor({ hostId })
  await pause(STALL)
  line.hold(false)
  expect(await asked).toMatchObject({ agentId: expect.any(String) })
  expect(await linkOf()).toMatchObject({ state: 'connected', since: before.since })
})

test('how long a console waits is changed without starting it again, kept, and in the audit', async () => {
  await using open = new AsyncDisposableStack()
  const { line, world, client, hostId, linkOf, directory } = await begin(open)
  expect(await client.hosts.linkTimes(undefined)).toEqual(USUAL_LINK_TIMES)
  await client.hosts.changeLinkTimes({ reachWithin: 5, askAfter: 2, awayAfter: 6 })
  line.hold(true)
  await expect
    .poll(linkOf, { timeout: 20_000 })
    .toMatchObject({ state: 'unreachable', reason: 'It has not answered for 6 seconds.' })
  // What arrives now is of a connection that nobody has any more.
  line.hold(false)
  const slow = { reachWithin: 20, askAfter: 10, awayAfter: 45 }
  await client.hosts.changeLinkTimes(slow)
  await client.hosts.reach({ hostId })
  await expect.poll(linkOf, { timeout: 20_000 }).toMatchObject({ state: 'connected' })
  const summary = 'links: reached within 20 s, asked after 10 s, away after 45 s'
  expect(await client.audit.recent({ hostId: null, limit: 1 })).toMatchObject([
    { action: 'console.settings', outcome: 'done', summary },
  ])
  await world[Symbol.asyncDispose]()

  await using again = await consoleOverDouble(new AgentDouble(), directory, keychainInMemory())
  expect(await again.client.hosts.linkTimes(undefined)).toEqual(slow)
})

test('how long is waited can be changed while it is connected, and holds for the silence that is now', async () => {
  const double = new AgentDouble()
  let times = { reachWithin: 60, askAfter: 20, awayAfter: 120 }
  const clock = new ManualClock()
  await using link = new AgentLink({
    dial: double.dial,
    clock,
    wakes: new Changes<'wake'>(),
    random: () => 1,
    times: () => times,
    heartbeat: true,
    lastSeenAt: null,
    attend: async () => undefined,
    changed: () => undefined,
    log: { warning: () => undefined },
  })
  link.start()
  await clock.pass(1000)
  double.isSilent = true
  await clock.pass(100_000)
  expect(link.link.state).toBe('connected')
  expect(double.calls.filter((call) => call === 'host.ping')).toHaveLength(1)
  times = { reachWithin: 20, askAfter: 10, awayAfter: 45 }
  await clock.pass(20_000)
  expect(link.link).toMatchObject({ state: 'unreachable', reason: 'It has not answered for 45 seconds.' })
})

test.each([
  ['no time to answer', { reachWithin: 10, askAfter: 10, awayAfter: 15 }],
  ['no time to be reached', { reachWithin: 1, askAfter: 6, awayAfter: 15 }],
  ['for ever', { reachWithin: 10, askAfter: 6, awayAfter: 86_400 }],
])('%s is no time that a console can wait', async (_, times) => {
  await using open = new AsyncDisposableStack()
  const { path } = open.use(temporaryDirectory())
  const { client } = open.use(await consoleOverDouble(new AgentDouble(), path))
  await expect(client.hosts.changeLinkTimes(times)).rejects.toMatchObject({ code: 'invalid_input' })
  expect(await client.hosts.linkTimes(undefined)).toEqual(USUAL_LINK_TIMES)
})
