import { randomUUID } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import type { ConsoleClient } from '../../../contract/console/index.ts'
import { Fault } from '../../../contract/errors.ts'
import { type FanOut, type FanOutPlan, fanOutPhrase } from '../../../contract/shapes/fan-out.ts'
import type { NewRestore } from '../../../contract/shapes/restore.ts'
import type { RunState } from '../../../contract/shapes/run.ts'
import { AgentDouble } from '../../../test/agent-double.ts'
import { consoleOverDouble, keychainInMemory } from '../../../test/console-over-double.ts'
import { newRestore } from '../../../test/restore-request.ts'
import { PLAN_HASH } from '../../../test/restores-double.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'

const SNAPSHOT = 'b'.repeat(64)
const END = '2026-11-21T03:00:00.000Z'
const REASON = { reason: 'The disks were swapped', safetySnapshot: true }

let open = new AsyncDisposableStack()
afterEach(async () => {
  await open.disposeAsync()
  open = new AsyncDisposableStack()
})

interface HostDouble {
  readonly hostId: string
  readonly repositoryId: string
  readonly double: AgentDouble
}

/** This computer and two more hosts; each has the same repository by an id of its own. */
async function fleet(directory = open.use(temporaryDirectory()).path, doubles = threeDoubles()) {
  const keychain = keychainInMemory()
  const start = () =>
    consoleOverDouble(doubles[0], directory, keychain, {
      dialSsh: (destination) => doubles[destination === 'one' ? 1 : 2].dial(),
    })
  let world = await start()
  for (const name of ['one', 'two']) await world.client.hosts.addThroughSsh({ destination: name, name })
  const connected = async (): Promise<HostDouble[]> => {
    const states = async () => (await world.client.hosts.list(undefined)).map(({ link }) => link.state)
    await expect.poll(states).toEqual(['connected', 'connected', 'connected'])
    const views = await world.client.hosts.list(undefined)
    return [world.hostId, 'one', 'two'].map((name, at) => {
      const double = doubles[at] ?? new AgentDouble()
      const hostId = views.find((view) => view.id === name || view.name === name)?.id ?? ''
      return { hostId, double, repositoryId: double.repositories[0]?.id ?? '' }
    })
  }
  const hosts = await connected()
  open.defer(() => world[Symbol.asyncDispose]())
  return {
    hosts,
    get client() {
      return world.client
    },
    async restart() {
      await world[Symbol.asyncDispose]()
      world = await start()
    },
    connected,
    request: newRestore(SNAPSHOT, { repositoryId: hosts[0]?.repositoryId ?? '' }),
  }
}

function threeDoubles(): [AgentDouble, AgentDouble, AgentDouble] {
  const doubles: [AgentDouble, AgentDouble, AgentDouble] = [new AgentDouble(), new AgentDouble(), new AgentDouble()]
  for (const double of doubles) {
    double.addRepository('data')
    double.contents.addSnapshot(SNAPSHOT, 'c'.repeat(64))
  }
  return doubles
}

type Start = Parameters<ConsoleClient['fanOuts']['start']>[0]

function orderOf(hosts: readonly HostDouble[], request: NewRestore, more: Partial<Start> = {}): Start {
  const targets = hosts.map(({ hostId, repositoryId }) => ({
    hostId,
    repositoryId,
    planHash: PLAN_HASH,
    hostname: 'here',
  }))
  return { id: randomUUID(), request, targets, atOnce: 3, stopAfter: null, follows: null, ...more }
}

/** End the run of a host, as its agent would. */
async function end({ double }: HostDouble, state: RunState): Promise<void> {
  const going = () => [...double.runs.values()].find((run) => run.state === 'running')?.id
  await expect.poll(going).toBeDefined()
  double.change(going() ?? '', { state, endedAt: END })
}

async function ended(client: ConsoleClient, fanOutId: string): Promise<FanOut> {
  let last: FanOut | undefined
  for await (const one of await client.fanOuts.follow({ fanOutId })) last = one
  if (last === undefined) throw new Error('Nothing was said.')
  return last
}

const statesOf = ({ hosts }: FanOut) => hosts.map(({ state }) => state)

test('each host plans it with its own repository of the same snapshots, or says why not', async () => {
  const world = await fleet()
  const [first, one, two] = world.hosts
  one?.double.contents.snapshots.splice(0)
  two?.double.refusals.set('restore.plan', new Fault('no_space', { needed: 2, free: 1 }))
  const plans = new Map<string, FanOutPlan>()
  const hostIds = world.hosts.map(({ hostId }) => hostId)
  const wanted = { hostId: first?.hostId ?? '', request: world.request, hostIds }
  for await (const plan of await world.client.fanOuts.plan(wanted)) plans.set(plan.hostId, plan)
  expect([...plans.keys()].sort()).toEqual(hostIds.toSorted())
  expect(plans.get(first?.hostId ?? '')).toMatchObject({
    plan: { hash: PLAN_HASH, files: 2 },
    hostname: 'here',
    fault: null,
  })
  expect(plans.get(one?.hostId ?? '')).toMatchObject({
    plan: null,
    fault: { code: 'not_found', data: { id: SNAPSHOT } },
  })
  expect(plans.get(two?.hostId ?? '')).toMatchObject({ repositoryId: two?.repositoryId, fault: { code: 'no_space' } })
})

test('it is begun on so many hosts at a time, and each start is in the audit', async () => {
  const world = await fleet()
  const order = orderOf(world.hosts, world.request, { atOnce: 1 })
  await world.client.fanOuts.start(order)
  for (const [at, host] of world.hosts.entries()) {
    await expect.poll(() => host.double.runs.size).toBe(1)
    expect(world.hosts.slice(at + 1).every(({ double }) => double.runs.size === 0)).toBe(true)
    expect([...host.double.runs.values()][0]).toMatchObject({ repositoryId: host.repositoryId })
    await end(host, 'succeeded')
  }
  const done = await ended(world.client, order.id)
  expect(done).toMatchObject({ state: 'succeeded', endedAt: expect.any(String) })
  const entries = await world.client.audit.recent({ hostId: null, limit: 10 })
  expect(entries.filter(({ action }) => action === 'host.restore')).toHaveLength(3)
})

test('a second request of the same id starts nothing', async () => {
  const world = await fleet()
  const order = orderOf(world.hosts, world.request)
  const [one, other] = await Promise.all([world.client.fanOuts.start(order), world.client.fanOuts.start(order)])
  expect(other?.id).toBe(one?.id)
  for (const host of world.hosts) await end(host, 'succeeded')
  await ended(world.client, order.id)
  expect((await world.client.fanOuts.start(order)).state).toBe('succeeded')
  for (const { double } of world.hosts) expect(double.runs.size).toBe(1)
})

test('after so many failures no other host is begun on', async () => {
  const world = await fleet()
  const order = orderOf(world.hosts, world.request, { atOnce: 1, stopAfter: 1 })
  await world.client.fanOuts.start(order)
  const [first, ...others] = world.hosts
  if (first !== undefined) await end(first, 'partial')
  const done = await ended(world.client, order.id)
  expect(statesOf(done)).toEqual(['partial', 'passed-over', 'passed-over'])
  expect(done.state).toBe('partial')
  for (const { double } of others) expect(double.runs.size).toBe(0)
})

test('a host that refuses does not keep the others from it', async () => {
  const world = await fleet()
  world.hosts[1]?.double.refusals.set('restore.start', new Fault('plan_drifted', { added: 1, changed: 0, removed: 0 }))
  const order = orderOf(world.hosts, world.request)
  await world.client.fanOuts.start(order)
  for (const at of [0, 2]) await end(world.hosts[at] ?? failed(), 'succeeded')
  const done = await ended(world.client, order.id)
  expect(statesOf(done)).toEqual(['succeeded', 'refused', 'succeeded'])
  expect(done.hosts[1]).toMatchObject({ runId: null, fault: { code: 'plan_drifted' } })
  expect(done.state).toBe('partial')
})

test.each(['between', 'now'] as const)('it is stopped %s', async (when) => {
  const world = await fleet()
  const order = orderOf(world.hosts, world.request, { atOnce: 1 })
  await world.client.fanOuts.start(order)
  const [first] = world.hosts
  await expect.poll(() => first?.double.runs.size).toBe(1)
  // The answer to the start is on its way.
  const isGoing = async () => (await firstOf(world.client, order.id)).hosts[0]?.runId
  await expect.poll(isGoing).not.toBeNull()
  await world.client.fanOuts.cancel({ fanOutId: order.id, when })
  if (when === 'between') await end(first ?? failed(), 'succeeded')
  const done = await ended(world.client, order.id)
  expect(statesOf(done)).toEqual([when === 'now' ? 'cancelled' : 'succeeded', 'passed-over', 'passed-over'])
  expect(done.state).toBe('cancelled')
})

test.each(['en', 'de'] as const)(
  'in place it takes the phrase for so many hosts (%s), and each host its own name',
  async (language) => {
    const world = await fleet()
    const request: NewRestore = { ...world.request, target: { kind: 'in-place' } }
    const order = orderOf(world.hosts, request)
    const phrase = fanOutPhrase(3, language)
    const others = [fanOutPhrase(2, language), phrase.toUpperCase(), ` ${phrase}`, '']
    for (const other of others) {
      await expect(
        world.client.fanOuts.startInPlace({ ...order, confirmation: { ...REASON, phrase: other } }),
      ).rejects.toMatchObject({ code: 'conflict', data: { what: 'wrong_phrase', detail: '3' } })
    }
    await expect(world.client.fanOuts.start(order)).rejects.toMatchObject({ code: 'invalid_input' })
    const targets = order.targets.map((target, at) => ({ ...target, hostname: at === 1 ? 'elsewhere' : 'here' }))
    await world.client.fanOuts.startInPlace({ ...order, targets, confirmation: { ...REASON, phrase } })
    for (const at of [0, 2]) await end(world.hosts[at] ?? failed(), 'succeeded')
    const done = await ended(world.client, order.id)
    expect(statesOf(done)).toEqual(['succeeded', 'refused', 'succeeded'])
    expect(done.hosts[1]?.fault).toMatchObject({ data: { what: 'wrong_host_name' } })
    expect(done.reason).toBe(REASON.reason)
  },
)

test('it goes on after a restart of the console, and starts nothing twice', async () => {
  const world = await fleet()
  const order = orderOf(world.hosts, world.request, { atOnce: 2 })
  await world.client.fanOuts.start(order)
  await expect.poll(() => world.hosts.map(({ double }) => double.runs.size)).toEqual([1, 1, 0])
  await world.restart()
  await world.connected()
  for (const host of world.hosts) await end(host, 'succeeded')
  const done = await ended(world.client, order.id)
  expect(statesOf(done)).toEqual(['succeeded', 'succeeded', 'succeeded'])
  for (const { double } of world.hosts) expect(double.runs.size).toBe(1)
})

test('a host that is removed while its run goes on is not said to have refused it', async () => {
  const world = await fleet()
  const order = orderOf(world.hosts, world.request)
  await world.client.fanOuts.start(order)
  const [first, one, two] = world.hosts
  const isGoing = async () => (await firstOf(world.client, order.id)).hosts.every(({ runId }) => runId !== null)
  await expect.poll(isGoing).toBe(true)
  await world.client.hosts.remove({ hostId: two?.hostId ?? '', typed: 'two' })
  for (const host of [first, one]) await end(host ?? failed(), 'succeeded')
  const done = await ended(world.client, order.id)
  expect(statesOf(done)).toEqual(['succeeded', 'succeeded', 'unknown'])
  expect(done.hosts[2]).toMatchObject({ runId: expect.any(String), fault: { code: 'not_found' } })
  expect(done.state).toBe('partial')
})

test('a connection that is lost before the answer starts nothing twice', async () => {
  const world = await fleet()
  const [first] = world.hosts
  if (first === undefined) return failed()
  first.double.cutAfterStart = true
  const order = orderOf([first], world.request)
  await world.client.fanOuts.start(order)
  await expect.poll(() => first.double.runs.size).toBe(1)
  first.double.cutAfterStart = false
  await end(first, 'succeeded')
  expect(statesOf(await ended(world.client, order.id))).toEqual(['succeeded'])
  expect(first.double.runs.size).toBe(1)
})

test('those of a workspace are listed in short, the newest first', async () => {
  const world = await fleet()
  const orders = [orderOf(world.hosts, world.request), orderOf(world.hosts.slice(0, 1), world.request)]
  for (const order of orders) {
    await world.client.fanOuts.start(order)
    for (const host of world.hosts.slice(0, order.targets.length)) await end(host, 'succeeded')
    await ended(world.client, order.id)
  }
  for await (const list of await world.client.fanOuts.watch({ limit: 10 })) {
    expect(list.map(({ id }) => id)).toEqual(orders.map(({ id }) => id).toReversed())
    expect(list[1]).toMatchObject({ summary: 'the whole snapshot', hosts: [{ state: 'succeeded', count: 3 }] })
    break
  }
})

async function firstOf(client: ConsoleClient, fanOutId: string): Promise<FanOut> {
  for await (const one of await client.fanOuts.follow({ fanOutId })) return one
  return failed()
}

function failed(): never {
  throw new Error('A host is missing.')
}
