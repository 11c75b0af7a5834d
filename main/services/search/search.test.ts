import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ConsoleClient } from '../../../contract/console/index.ts'
import type { PlacedSearchEvent, SearchScope } from '../../../contract/console/search.ts'
import { Fault } from '../../../contract/errors.ts'
import type { SearchEvent, SearchQuery } from '../../../contract/shapes/search.ts'
import { AgentDouble } from '../../../test/agent-double.ts'
import { type ConsoleOverDouble, consoleOverDouble, keychainInMemory } from '../../../test/console-over-double.ts'
import type { AskedSearch } from '../../../test/contents-double.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'

const QUERY: SearchQuery = {
  pattern: { kind: 'text', text: 'passwd', ignoreCase: true },
  types: null,
  size: { least: null, most: null },
  modified: { from: null, until: null },
  limit: 1000,
}
const BEGUN: SearchEvent = { kind: 'begun', series: { id: [], time: [], hostname: [], treeId: [] } }
const ENDED: SearchEvent = { kind: 'ended', directories: 0, complete: true }

let open: AsyncDisposableStack
beforeEach(() => {
  open = new AsyncDisposableStack()
})
afterEach(() => open.disposeAsync())

async function connected(double: AgentDouble): Promise<ConsoleOverDouble> {
  const world = open.use(await consoleOverDouble(double, open.use(temporaryDirectory()).path))
  const { client, hostId } = world
  await expect.poll(async () => (await client.hosts.get({ hostId })).link.state).toBe('connected')
  return world
}

async function find(client: ConsoleClient, scope: SearchScope): Promise<PlacedSearchEvent[]> {
  const events: PlacedSearchEvent[] = []
  for await (const event of await client.search.find({ ...QUERY, scope })) events.push(event)
  return events
}

/** The kinds of what each repository told, by its name. */
function toldBy(double: AgentDouble, events: readonly PlacedSearchEvent[]): Record<string, string[]> {
  return Object.fromEntries(
    double.repositories.map(({ id, name }) => [
      name,
      events.filter(({ repositoryId }) => repositoryId === id).map(({ event }) => event.kind),
    ]),
  )
}

test('one snapshot, one repository, or all of them: each agent is asked for just that', async () => {
  const double = new AgentDouble()
  const [first, second] = [double.addRepository('first').id, double.addRepository('second').id]
  const asked: AskedSearch[] = []
  const { search } = double.contents
  double.contents.search = (input, signal) => {
    asked.push(input)
    return search(input, signal)
  }
  const { client, hostId } = await connected(double)
  const snapshotId = 'b'.repeat(64)
  await find(client, { kind: 'snapshot', hostId, repositoryId: first, snapshotId })
  await find(client, { kind: 'repository', hostId, repositoryId: second })
  const events = await find(client, { kind: 'everywhere' })
  expect(asked).toMatchObject([
    { repositoryId: first, snapshotIds: [snapshotId], ...QUERY },
    { repositoryId: second, snapshotIds: null },
    { repositoryId: first, snapshotIds: null },
    { repositoryId: second, snapshotIds: null },
  ])
  expect(toldBy(double, events)).toEqual({ first: ['begun', 'ended'], second: ['begun', 'ended'] })
})

test('a place that fails says why, and the others go on', async () => {
  const double = new AgentDouble()
  for (const name of ['well', 'locked', 'broken']) double.addRepository(name)
  const idOf = (name: string) => double.repositories.find((one) => one.name === name)?.id
  double.contents.search = async function* ({ repositoryId }) {
    if (repositoryId === idOf('locked')) throw new Fault('wrong_password', {})
    yield BEGUN
    if (repositoryId === idOf('broken')) throw new Error('a bug, with a secret in it')
    yield ENDED
  }
  const { client } = await connected(double)
  const events = await find(client, { kind: 'everywhere' })
  expect(toldBy(double, events)).toEqual({
    well: ['begun', 'ended'],
    locked: ['failed'],
    broken: ['begun', 'failed'],
  })
  const faults = events.flatMap(({ event }) => (event.kind === 'failed' ? [event.fault.code] : []))
  expect(faults.toSorted()).toEqual(['internal', 'wrong_password'])
  expect(JSON.stringify(events)).not.toContain('secret')
})

test('a host that is away fails for each of its repositories, one that is not known too', async () => {
  const double = new AgentDouble()
  for (const name of ['first', 'second']) double.addRepository(name)
  const { client, hostId, refuseToDial } = await connected(double)
  refuseToDial('asleep')
  double.cut('gone')
  await expect
    .poll(async () => (await client.hosts.get({ hostId })).link.reason)
    .toBe('Something unexpected happened: asleep')
  const events = await find(client, { kind: 'everywhere' })
  expect(events).toMatchObject([
    {
      event: {
        kind: 'failed',
        fault: {
          code: 'unreachable',
          data: { reason: expect.stringMatching(/^Something unexpected happened: asleep\. Last seen /) },
        },
      },
    },
    { event: { kind: 'failed', fault: { code: 'unreachable' } } },
  ])
  const lost = await find(client, { kind: 'repository', hostId: 'nobody', repositoryId: 'r' })
  expect(lost).toMatchObject([{ event: { kind: 'failed', fault: { code: 'not_found' } } }])
})

test('a host that was never reached is not left out in silence', async () => {
  const keychain = { ...keychainInMemory(), tryOut: () => Promise.reject(new Error('no keychain')) }
  const directory = open.use(temporaryDirectory()).path
  const { client, hostId } = open.use(await consoleOverDouble(new AgentDouble(), directory, keychain))
  await expect.poll(async () => (await client.hosts.get({ hostId })).link.state).toBe('unreachable')
  expect(await find(client, { kind: 'everywhere' })).toMatchObject([
    { hostId, repositoryId: '', event: { kind: 'failed', fault: { code: 'unreachable' } } },
  ])
})

test('an end that is asked for ends every search on every host', async () => {
  const double = new AgentDouble()
  for (let at = 0; at < 3; at += 1) double.addRepository(`${at}`)
  const running = new Set<string>()
  double.contents.search = async function* ({ repositoryId }, signal) {
    running.add(repositoryId)
    try {
      yield BEGUN
      await pause(60_000, undefined, { signal })
    } finally {
      running.delete(repositoryId)
    }
  }
  const { client } = await connected(double)
  for (const leave of ['abort', 'return'] as const) {
    const stop = new AbortController()
    const events = await client.search.find({ ...QUERY, scope: { kind: 'everywhere' } }, { signal: stop.signal })
    for (let at = 0; at < 3; at += 1) await events.next()
    expect(running.size).toBe(3)
    if (leave === 'abort') stop.abort()
    else await events.return?.()
    await expect.poll(() => running.size).toBe(0)
  }
})

test('a reader that is slow makes the hosts slow: nothing piles up on the way', async () => {
  const double = new AgentDouble()
  for (const name of ['first', 'second']) double.addRepository(name)
  let made = 0
  double.contents.search = async function* () {
    yield BEGUN
    for (let directories = 0; ; directories += 1) {
      made += 1
      yield { kind: 'looked', directories, at: '/' }
    }
  }
  const { client } = await connected(double)
  let read = 0
  let most = 0
  for await (const _ of await client.search.find({ ...QUERY, scope: { kind: 'everywhere' } })) {
    read += 1
    most = Math.max(most, made - read)
    if (read === 2000) break
  }
  // Each of three streams may have a window and a half on the way.
  expect(most).toBeLessThan(400)
})

test('a connection that is lost on the way begins its place anew, once', async () => {
  const double = new AgentDouble()
  double.addRepository('data')
  let round = 0
  double.contents.search = async function* () {
    round += 1
    yield BEGUN
    if (round !== 2) {
      double.cut('the cable was pulled')
      await pause(60_000)
    }
    yield ENDED
  }
  const { client } = await connected(double)
  expect(toldBy(double, await find(client, { kind: 'everywhere' }))).toEqual({ data: ['begun', 'begun', 'ended'] })
  round = 2
  const events = await find(client, { kind: 'everywhere' })
  expect(toldBy(double, events)).toEqual({ data: ['begun', 'begun', 'failed'] })
  expect(events.at(-1)).toMatchObject({ event: { fault: { code: 'unreachable' } } })
})
