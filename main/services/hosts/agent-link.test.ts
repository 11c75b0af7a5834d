import { afterEach, beforeEach, expect, test } from 'vitest'
import { Fault } from '../../../contract/errors.ts'
import { reasonOf } from '../../../contract/reasons.ts'
import type { Link } from '../../../contract/shapes/host.ts'
import { USUAL_LINK_TIMES } from '../../../contract/shapes/link-times.ts'
import { AgentDouble } from '../../../test/agent-double.ts'
import { ManualClock } from '../../../test/manual-clock.ts'
import { Changes } from '../changes.ts'
import { AgentLink } from './agent-link.ts'
import { type Dial, LinkFailure } from './doors.ts'
import { Wakes } from './wakes.ts'

const NOBODY = reasonOf('unforeseen', { said: 'nobody is there' })

const HOUR = 3_600_000

let open: AsyncDisposableStack
beforeEach(() => {
  open = new AsyncDisposableStack()
})
afterEach(() => open.disposeAsync())

type Deps = ConstructorParameters<typeof AgentLink>[0]

/** A link whose time passes when the test says so, and whose pauses are as long as they may be. */
function world(dial: Dial, changes: Partial<Deps> = {}) {
  const clock = new ManualClock()
  const wakes = new Changes<'wake'>()
  const links: Link[] = []
  let dials = 0
  const link = open.use(
    new AgentLink({
      dial: (signal) => {
        dials += 1
        return dial(signal)
      },
      clock,
      wakes,
      random: () => 1,
      times: () => USUAL_LINK_TIMES,
      heartbeat: true,
      lastSeenAt: null,
      attend: async () => undefined,
      changed: (now) => links.push(now),
      log: { warning: () => undefined },
      ...changes,
    }),
  )
  return { link, clock, links, wakes, dials: () => dials }
}

const nobody: Dial = () => Promise.reject(new Error('nobody is there'))
const { signal } = new AbortController()

test('dials again with a growing pause that has an end, and says why all the time', async () => {
  const { link, clock, links, dials } = world(nobody)
  link.start()
  await clock.pass(61_000)
  expect(clock.asked).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000, 15_000])
  expect(dials()).toBe(10)
  expect(links).toEqual([{ state: 'unreachable', since: new Date(0).toISOString(), ...NOBODY, lastSeenAt: null }])
})

test('those who lost one server together do not come back together', async () => {
  const { link, clock } = world(nobody, { random: () => 0 })
  link.start()
  await clock.pass(500)
  expect(clock.asked).toEqual([125, 250, 500])
})

test('after a connection that held, the pause is short again; after one that did not, it is not', async () => {
  const double = new AgentDouble()
  const { link, clock } = world(double.dial, { heartbeat: false })
  link.start()
  for (const held of [0, 0, 0, 60_000, 0]) {
    await clock.pass(0)
    expect(link.link.state).toBe('connected')
    await clock.pass(held)
    double.cut('cut')
    await clock.pass(0)
    await clock.pass(clock.asked.at(-1) ?? 0)
  }
  expect(clock.asked).toEqual([250, 500, 1000, 250, 500])
})

test('a dial that takes its time and fails does not count as a connection that held', async () => {
  const clock = new ManualClock()
  const slow: Dial = async (ended) => {
    await clock.pause(10_500, ended)
    throw new LinkFailure('unreachable', { reason: 'it did not answer' })
  }
  const { link } = world(slow, { clock })
  link.start()
  await clock.pass(40_000)
  expect(clock.asked.filter((asked) => asked !== 10_500)).toEqual([250, 500, 1000])
})

test('whoever asks while the first connection is made waits for it; later they are told at once', async () => {
  const { link } = world(nobody)
  link.start()
  const data = { host: 'db-01', ...NOBODY }
  await expect(link.agent('db-01', signal)).rejects.toMatchObject({ code: 'unreachable', data })
  await expect(link.agent('db-01', signal)).rejects.toMatchObject({ code: 'unreachable', data })
})

test('who asks while a host is away is told when it was last seen', async () => {
  const { link } = world(nobody, { lastSeenAt: '2026-11-21T02:00:05.000Z' })
  link.start()
  await expect(link.agent('db-01', signal)).rejects.toMatchObject({
    data: { reason: `${NOBODY.reason}. Last seen 2026-11-21 02:00 UTC.`, seenAt: '2026-11-21T02:00:05.000Z' },
  })
})

test('nobody may use a connection before it was attended to', async () => {
  const double = new AgentDouble()
  const attended = Promise.withResolvers<void>()
  const { link } = world(double.dial, { attend: () => attended.promise })
  link.start()
  const asked = link.agent('db-01', signal).then(() => 'answered')
  await expect.poll(() => double.calls).toEqual(['host.hello'])
  expect(await Promise.race([asked, Promise.resolve('waiting')])).toBe('waiting')
  attended.resolve()
  expect(await asked).toBe('answered')
  expect(link.identity?.agentVersion).toBe('0.1.0')
})

test('a connection that ends while it is attended to is no connection, and its own reason is told', async () => {
  const double = new AgentDouble()
  const { link, clock } = world(double.dial, {
    attend: async (agent) => {
      double.cut('the agent ended with code 7')
      await agent.repository.list(undefined)
    },
  })
  link.start()
  await clock.pass(0)
  expect(link.link).toMatchObject(reasonOf('connection_closed', { said: 'the agent ended with code 7' }))
})

test('a wait can be left, and a link that ends stops dialling and lets those go who wait', async () => {
  const { link, clock, dials } = world(nobody)
  const stop = new AbortController()
  const waiting = link.connected(stop.signal)
  const patient = link.connected(signal)
  stop.abort(new Error('left'))
  await expect(waiting).rejects.toThrow('left')
  link.start()
  await clock.pass(0)
  await link[Symbol.asyncDispose]()
  await expect(patient).rejects.toThrow()
  await clock.pass(HOUR)
  expect(dials()).toBe(1)
})

test.each([
  new LinkFailure('not_admitted', { reason: 'the agent does not know this console' }),
  new LinkFailure('other_key', { reason: 'it has another key' }),
  new Fault('version_mismatch', { ours: '1', theirs: '2' }),
  new Fault('forbidden', { needs: 'workspace' }),
])('%s is a refusal, and nothing is tried until somebody asks', async (refusal) => {
  const { link, clock, dials, wakes } = world(() => Promise.reject(refusal))
  link.start()
  await clock.pass(HOUR)
  wakes.announce('wake')
  await clock.pass(HOUR)
  expect(link.link.state).toBe('refused')
  expect(dials()).toBe(1)
  link.reach()
  expect(link.link.state).toBe('connecting')
  await clock.pass(0)
  expect(dials()).toBe(2)
  expect(link.link.state).toBe('refused')
})

test('who asks ends the pause, and a dial that hangs', async () => {
  let isThere = false
  const double = new AgentDouble()
  const dial: Dial = (ended) =>
    isThere ? double.dial() : new Promise((_, reject) => ended.addEventListener('abort', () => reject(ended.reason)))
  const { link, clock, dials } = world(dial)
  link.start()
  await clock.pass(HOUR)
  expect(dials()).toBe(1)
  isThere = true
  link.reach()
  await clock.pass(0)
  expect(link.link.state).toBe('connected')

  const away = world(nobody)
  away.link.start()
  await away.clock.pass(60_000)
  const before = away.dials()
  away.link.reach()
  await away.clock.pass(0)
  expect(away.dials()).toBe(before + 1)
  expect(away.clock.asked.at(-1)).toBe(250)
})

test('when the machine wakes, the pause is over', async () => {
  const { link, clock, dials, wakes } = world(nobody)
  link.start()
  await clock.pass(60_000)
  const before = dials()
  clock.sleep(HOUR)
  wakes.announce('wake')
  await clock.pass(0)
  expect(dials()).toBeGreaterThan(before)
})

test('an agent that answers is asked now and then, and stays', async () => {
  const double = new AgentDouble()
  const { link, clock } = world(double.dial)
  link.start()
  await clock.pass(600_000)
  expect(link.link).toMatchObject({ state: 'connected', lastSeenAt: new Date(600_000).toISOString() })
  expect(double.calls.filter((call) => call === 'host.ping')).toHaveLength(100)
})

test('one that stops answering is noticed within 15 seconds', async () => {
  const double = new AgentDouble()
  const { link, clock, links } = world(double.dial)
  link.start()
  await clock.pass(7000)
  double.isSilent = true
  const lastSeenAt = link.link.lastSeenAt ?? ''
  const left = Date.parse(lastSeenAt) + 15_000 - clock.now().getTime()
  expect(left).toBeLessThanOrEqual(15_000)
  await clock.pass(left - 1)
  expect(link.link.state).toBe('connected')
  await clock.pass(1)
  expect(links.at(-1)).toMatchObject({
    state: 'unreachable',
    reason: 'It has not answered for 15 seconds.',
    lastSeenAt,
  })
})

test('one that is silent from the beginning is given up too', async () => {
  const double = new AgentDouble()
  double.isSilent = true
  const { link, clock } = world(double.dial)
  link.start()
  await clock.pass(15_000)
  expect(link.link).toMatchObject({ state: 'unreachable', lastSeenAt: null })
})

test('a large frame on a slow line is no silence', async () => {
  const double = new AgentDouble()
  let piece = (): void => undefined
  const { link, clock } = world(async () => ({
    ...(await double.dial()),
    onBytes: (listener) => {
      piece = listener
    },
  }))
  link.start()
  await clock.pass(0)
  double.isSilent = true
  for (let at = 0; at < 20; at += 1) {
    await clock.pass(4000)
    piece()
  }
  expect(link.link.state).toBe('connected')
})

test('after an hour of sleep the other side is asked at once, and given up at once when it does not answer', async () => {
  const [awake, gone] = [new AgentDouble(), new AgentDouble()]
  const [far, lost] = [world(awake.dial), world(gone.dial)]
  for (const { link, clock, wakes } of [far, lost]) {
    link.start()
    await clock.pass(1000)
    gone.isSilent = true
    clock.sleep(HOUR)
    wakes.announce('wake')
    await clock.pass(2000)
  }
  expect([far.link.link.state, lost.link.link.state]).toEqual(['connected', 'unreachable'])
  expect([far.dials(), lost.dials()]).toEqual([1, 1])
  gone.isSilent = false
  await lost.clock.pass(250)
  expect(lost.link.link.state).toBe('connected')
})

test('what came while this process was busy is heard before anyone is given up', async () => {
  const double = new AgentDouble()
  let piece = (): void => undefined
  const { link, clock } = world(async () => ({
    ...(await double.dial()),
    onBytes: (listener) => {
      piece = listener
    },
  }))
  link.start()
  await clock.pass(0)
  double.isSilent = true
  await clock.pass(7000)
  clock.sleep(20_000)
  await clock.pass(50)
  piece()
  await clock.pass(1000)
  expect(link.link.state).toBe('connected')
})

test('this computer’s own agent is never given up for its silence', async () => {
  const double = new AgentDouble()
  const { link, clock, wakes } = world(double.dial, { heartbeat: false })
  link.start()
  await clock.pass(0)
  double.isSilent = true
  clock.sleep(HOUR)
  wakes.announce('wake')
  await clock.pass(HOUR)
  expect(link.link.state).toBe('connected')
})

test('a machine has slept when a short pause took long', async () => {
  const clock = new ManualClock()
  const wakes = open.use(new Wakes(clock))
  using reader = wakes.subscribe()
  await clock.pass(60_000)
  expect(reader.rest()).toEqual([])
  clock.sleep(HOUR)
  await clock.pass(2000)
  expect(reader.rest()).toEqual(['wake'])
})
