import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { PlacedSearchEvent } from '../../../contract/console/search.ts'
import { USUAL_LINK_TIMES } from '../../../contract/shapes/link-times.ts'
import type { SearchQuery } from '../../../contract/shapes/search.ts'
import { AgentDouble } from '../../../test/agent-double.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { openListingVault } from '../../adapters/listing-vault.ts'
import { FIRST_WORKSPACE, KeptStore, openConsoleStore } from '../../store/index.ts'
import { AuditService } from '../audit/index.ts'
import { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'
import { HostsService, RunMirror } from '../hosts/index.ts'
import { KeptListings } from '../kept/index.ts'
import { SearchService } from './index.ts'

const QUERY: SearchQuery = {
  pattern: { kind: 'text', text: 'passwd', ignoreCase: true },
  types: null,
  size: { least: null, most: null },
  modified: { from: null, until: null },
  limit: 1000,
}

const clock: Clock = {
  now: () => new Date(),
  pause: (milliseconds, signal) => pause(milliseconds, undefined, { signal }),
}
const log = { info: () => undefined, warning: () => undefined, error: () => undefined }

/** Hosts by name, each with so many repositories; their searches begin and tell nothing until they are let go. */
async function fleet(sizes: Readonly<Record<string, number>>) {
  await using open = new AsyncDisposableStack()
  const directory = open.use(temporaryDirectory()).path
  const store = open.use(openConsoleStore(directory, clock.now()))
  const openStore = (mark: Buffer): KeptStore => new KeptStore(directory, { mark, limit: 1 << 20 })
  const kept = open.use(new KeptListings({ clock, log, openVault: openListingVault, openStore }))
  const audit = new AuditService({
    store: store.audit,
    clock,
    actor: 'someone@here',
    identity: () => null,
    workspaceOf: () => null,
  })
  const doubles = new Map<string, AgentDouble>()
  const hosts = open.use(
    new HostsService({
      store: store.hosts,
      runs: new RunMirror(store.runs),
      audit,
      clock,
      log,
      kept,
      random: Math.random,
      wakes: new Changes<'wake'>(),
      times: () => USUAL_LINK_TIMES,
      dial: async (door) => {
        const double = door.kind === 'ssh' ? doubles.get(door.destination) : undefined
        if (double === undefined) throw new Error('no such host')
        return double.dial()
      },
    }),
  )
  hosts.start()
  const asked: string[] = []
  const gate = Promise.withResolvers<void>()
  for (const [name, size] of Object.entries(sizes)) {
    const double = new AgentDouble()
    for (let at = 0; at < size; at += 1) double.addRepository(`${name}-${at}`)
    const { search } = double.contents
    double.contents.search = async function* (input, signal) {
      asked.push(double.repositories.find(({ id }) => id === input.repositoryId)?.name ?? 'unknown')
      await gate.promise
      yield* search(input, signal)
    }
    doubles.set(name, double)
    const none = {
      labels: [],
      pinned: false,
      workspaceId: FIRST_WORKSPACE,
      workspace: null,
      agentId: null,
      lastSeenAt: null,
    }
    const addedAt = clock.now().toISOString()
    hosts.add({ id: name, name, door: { kind: 'ssh', destination: name }, addedAt, ...none })
    await hosts.connected(name, AbortSignal.timeout(10_000))
  }
  const owned = open.move()
  return { hosts, asked, letGo: gate.resolve, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** How many searches have come to their end. */
async function endsOf(events: AsyncIterable<PlacedSearchEvent>): Promise<number> {
  let ended = 0
  for await (const { event } of events) if (event.kind === 'ended') ended += 1
  return ended
}

test('hosts take turns, four places at a time: one with many repositories keeps no other waiting', async () => {
  await using world = await fleet({ large: 12, small: 1, middle: 3 })
  const search = new SearchService({ hosts: world.hosts, clock, log })
  const { signal } = new AbortController()
  const ends = endsOf(search.find(QUERY, { kind: 'everywhere', workspaceId: FIRST_WORKSPACE }, signal))
  await expect.poll(() => world.asked.length).toBe(4)
  // What was sent to a host before this question has reached it before the answer.
  await world.hosts.ask('large', (agent) => agent.repository.list(undefined), signal)
  expect(world.asked.toSorted()).toEqual(['large-0', 'large-1', 'middle-0', 'small-0'])
  world.letGo()
  expect(await ends).toBe(16)
})
