import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Link } from '../../../contract/shapes/host.ts'
import { AgentDouble } from '../../../test/agent-double.ts'
import type { Clock } from '../clock.ts'
import { AgentLink, type Dial } from './agent-link.ts'

let open: AsyncDisposableStack
beforeEach(() => {
  open = new AsyncDisposableStack()
})
afterEach(() => open.disposeAsync())

type Attend = ConstructorParameters<typeof AgentLink>[0]['attend']

/** A clock that stands still but for what a test moves it, and a list of the pauses that were asked for. */
function world(dial: Dial, attend: Attend = async () => undefined) {
  const pauses: number[] = []
  const links: Link[] = []
  let time = 0
  let wake = (): void => undefined
  const clock: Clock = {
    now: () => new Date(time),
    pause: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        pauses.push(milliseconds)
        wake = resolve
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      }),
  }
  const link = open.use(new AgentLink({ dial, clock, attend, changed: (now) => links.push(now) }))
  const passTime = (milliseconds: number): void => {
    time += milliseconds
  }
  return { link, pauses, links, passTime, wake: () => wake() }
}

const nobody: Dial = () => Promise.reject(new Error('nobody is there'))

test('dials again with a growing pause that has an end, and says why all the time', async () => {
  const { link, pauses, links, wake } = world(nobody)
  link.start()
  for (let round = 1; round <= 9; round += 1) {
    await expect.poll(() => pauses.length).toBe(round)
    wake()
  }
  expect(pauses.slice(0, 9)).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000])
  expect(links).toEqual([{ state: 'unreachable', since: new Date(0).toISOString(), reason: 'nobody is there' }])
})

test('after a connection that held, the pause is short again; after one that did not, it is not', async () => {
  const double = new AgentDouble()
  const { link, pauses, passTime, wake } = world(double.dial)
  link.start()
  for (const [round, held] of [0, 0, 0, 60_000, 0].entries()) {
    await expect.poll(() => link.link.state).toBe('connected')
    passTime(held)
    double.cut('cut')
    await expect.poll(() => pauses.length).toBe(round + 1)
    wake()
  }
  expect(pauses.slice(0, 5)).toEqual([250, 500, 1000, 250, 500])
})

test('whoever asks while the first connection is made waits for it; later they are told at once', async () => {
  const { link, wake, pauses } = world(nobody)
  const { signal } = new AbortController()
  link.start()
  await expect(link.agent('db-01', signal)).rejects.toMatchObject({
    code: 'unreachable',
    data: { host: 'db-01', reason: 'nobody is there' },
  })
  await expect(link.agent('db-01', signal)).rejects.toMatchObject({ code: 'unreachable' })
  await expect.poll(() => pauses.length).toBe(1)
  wake()
})

test('nobody may use a connection before it was attended to', async () => {
  const double = new AgentDouble()
  const attended = Promise.withResolvers<void>()
  const { link } = world(double.dial, () => attended.promise)
  link.start()
  const asked = link.agent('db-01', new AbortController().signal).then(() => 'answered')
  await expect.poll(() => double.calls).toEqual(['host.hello'])
  expect(await Promise.race([asked, Promise.resolve('waiting')])).toBe('waiting')
  attended.resolve()
  expect(await asked).toBe('answered')
  expect(link.identity?.agentVersion).toBe('0.1.0')
})

test('a connection that ends while it is attended to is no connection, and its own reason is told', async () => {
  const double = new AgentDouble()
  const { link } = world(double.dial, async (agent) => {
    double.cut('the agent ended with code 7')
    await agent.repository.list(undefined)
  })
  link.start()
  await expect.poll(() => link.link).toMatchObject({ state: 'unreachable' })
  expect(link.link.reason).toBe('the agent ended with code 7')
})

test('a wait can be left, and a link that ends stops dialling', async () => {
  const { link, pauses } = world(nobody)
  const stop = new AbortController()
  const waiting = link.connected(stop.signal)
  stop.abort(new Error('left'))
  await expect(waiting).rejects.toThrow('left')
  link.start()
  await expect.poll(() => pauses.length).toBe(1)
  await link[Symbol.asyncDispose]()
  expect(pauses).toHaveLength(1)
})
