import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { systemClock } from '../../../agent/clock.ts'
import type { Connection } from '../../../agent/connection.ts'
import { agent, heed } from '../../../agent/handlers/agent-contract.ts'
import { runHandlers } from '../../../agent/handlers/run.ts'
import { openTlsListener } from '../../../agent/listen/tls-listener.ts'
import { heldRun, RESTORE_SUBJECT, runsWorld } from '../../../agent/testing/runs-world.ts'
import { Codes } from '../../../agent/trust/codes.ts'
import { Peers } from '../../../agent/trust/peers.ts'
import { AGENT_PROTOCOL } from '../../../contract/shapes/host.ts'
import { USUAL_LINK_TIMES } from '../../../contract/shapes/link-times.ts'
import type { RunEvent } from '../../../contract/shapes/run.ts'
import { servePort } from '../../../contract/wire/serve-port.ts'
import { WireHandler } from '../../../contract/wire/server-codec.ts'
import { type Identity, makeIdentity } from '../../../engine/identity/identity.ts'
import { createLogger } from '../../../engine/logging/logger.ts'
import { startCuttingProxy } from '../../../test/cutting-proxy.ts'
import { ManualClock } from '../../../test/manual-clock.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { openListingVault } from '../../adapters/listing-vault.ts'
import { dialTls } from '../../adapters/tls-link.ts'
import { FIRST_WORKSPACE, KeptStore, openConsoleStore } from '../../store/index.ts'
import { AuditService } from '../audit/index.ts'
import { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'
import { KeptListings } from '../kept/index.ts'
import { RunsService } from '../runs/index.ts'
import { HostsService, RunMirror, WholeRuns } from './index.ts'

const CUTS = 180
const RESTARTS = 20
const SEED = 20_261_121
const HOST = 'h'

const log = { info: () => undefined, warning: () => undefined, error: () => undefined }
/** As it is, but nobody waits long for the next attempt. */
const impatient: Clock = {
  now: () => new Date(),
  pause: (milliseconds: number, signal: AbortSignal) => pause(Math.min(milliseconds, 5), undefined, { signal }),
}

/** The same numbers for the same seed, from 0 up to `below` (Lehmer, MINSTD). */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

/** An agent's runs, journal and door; what a run does is the test's. */
async function startAgent(directory: string, identity: Identity, consolePin: string) {
  await using stack = new AsyncDisposableStack()
  const world = stack.use(runsWorld(directory))
  const { journal, audit, runs } = world
  const logger = createLogger({ sink: () => undefined, secrets: () => [], now: () => new Date() })
  const peers = new Peers({ journal, audit, clock: systemClock, logger })
  const grant = { role: 'admin' as const, permissions: [], workspace: 'ops' }
  const at = new Date().toISOString()
  journal.peers.put({ pin: consolePin, name: 'ada@desk', ...grant, enrolledAt: at, lastSeenAt: null })
  const router = {
    host: {
      hello: agent.host.hello.handler(() => ({
        protocol: AGENT_PROTOCOL,
        agentVersion: '0.0.0',
        hostname: 'db-01',
        platform: 'linux',
        architecture: 'x64',
        username: 'root',
        privileged: true,
        restic: null,
        resticFound: null,
        stagingRoot: '/srv',
        agentId: 'a',
        granted: grant,
      })),
      ping: agent.host.ping.handler(() => ({})),
      watch: agent.host.watch.handler(async function* ({ signal }) {
        yield { lastSnapshots: [] }
        await new Promise((_, reject) => heed(signal).addEventListener('abort', reject, { once: true }))
      }),
    },
    repository: { list: agent.repository.list.handler(() => []) },
    run: runHandlers({ runs, audit }),
  }
  const handler = new WireHandler<Connection>(router, String)
  const listener = stack.use(
    await openTlsListener({
      listen: { host: '127.0.0.1', port: 0 },
      identity,
      peers,
      codes: new Codes({ journal, audit, clock: systemClock, logger }, peers),
      about: { agentId: 'a', hostname: 'db-01' },
      serve: (port, connection) => servePort(port, handler, connection),
      clock: systemClock,
      logger,
    }),
  )
  const owned = stack.move()
  return { ...world, port: listener.port, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

interface Known {
  readonly port: number
  readonly pin: string
  readonly me: Identity
  readonly clock: Clock
}

/** A console that knows one host, at a port of this computer. */
function startConsole(directory: string, { port, me, pin, clock }: Known) {
  const owned = new AsyncDisposableStack()
  const store = owned.use(openConsoleStore(directory, clock.now()))
  const openStore = (mark: Buffer): KeptStore => new KeptStore(directory, { mark, limit: 1 << 20 })
  const kept = owned.use(new KeptListings({ clock, log, openVault: openListingVault, openStore }))
  const audit = new AuditService({
    store: store.audit,
    clock,
    actor: 'ada@desk',
    identity: () => null,
    workspaceOf: () => null,
  })
  const mirror = new RunMirror(store.runs)
  let dials = 0
  const hosts = owned.use(
    new HostsService({
      store: store.hosts,
      runs: mirror,
      audit,
      clock,
      log,
      kept,
      random: Math.random,
      wakes: new Changes<'wake'>(),
      times: () => USUAL_LINK_TIMES,
      dial: async (door, signal) => {
        if (door.kind !== 'tls') throw new Error('no other door')
        dials += 1
        return dialTls(door, me, signal)
      },
    }),
  )
  const none = {
    labels: [],
    pinned: false,
    workspaceId: FIRST_WORKSPACE,
    workspace: null,
    agentId: null,
    lastSeenAt: null,
  }
  const door = { kind: 'tls' as const, address: `127.0.0.1:${port}`, pin }
  hosts.add({ id: HOST, name: 'db-01', door, addedAt: clock.now().toISOString(), ...none })
  hosts.start()
  const runs = new RunsService({ hosts, mirror, audit, clock, whole: new WholeRuns(kept) })
  return { hosts, runs, dials: () => dials, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

test(`${CUTS} cuts and ${RESTARTS} restarts lose and double no line of the runs that are followed`, async () => {
  await using agentDirectory = temporaryDirectory()
  await using consoleDirectory = temporaryDirectory()
  const random = numbers(SEED)
  const identity = await makeIdentity('db-01')
  const me = await makeIdentity('console')
  await using proxy = await startCuttingProxy(0)
  await using console = startConsole(consoleDirectory.path, {
    port: proxy.port,
    pin: identity.pin,
    me,
    clock: impatient,
  })
  let cuts = 0
  let lines = 0
  for (let life = 0; life < RESTARTS; life += 1) {
    const world = await startAgent(agentDirectory.path, identity, me.pin)
    proxy.lead(world.port)
    const held = heldRun({ requestKey: randomUUID(), subject: RESTORE_SUBJECT })
    const { id: runId } = world.runs.start(held.order)
    const record = await held.begun
    let isWriting = true
    let written = 0
    const writing = (async () => {
      while (isWriting) {
        for (let at = 0; at < 5; at += 1) record.log('info', `line ${(written += 1)}`)
        await pause(1)
      }
    })()
    const events: RunEvent[] = []
    const news = new Changes<'event'>()
    using arrivals = news.subscribe()
    const following = (async () => {
      for await (const event of console.runs.follow({ hostId: HOST, runId }, 0, new AbortController().signal)) {
        events.push(event)
        news.announce('event')
      }
    })()
    for (let at = 0; at < CUTS / RESTARTS; at += 1) {
      await proxy.cutAfter(random(40_000))
      cuts += 1
      arrivals.rest()
      await arrivals.next(AbortSignal.timeout(30_000))
    }
    isWriting = false
    await writing
    // Every other life ends in the middle of the run, which is found to be interrupted.
    if (life % 2 === 0) {
      held.finish()
      await following
    }
    await world[Symbol.asyncDispose]()
    if (life % 2 === 1) {
      await using next = await startAgent(agentDirectory.path, identity, me.pin)
      proxy.lead(next.port)
      await following
    }
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, at) => at + 1))
    const texts = events.flatMap((event) =>
      event.type === 'log' && event.text.startsWith('line ') ? [event.text] : [],
    )
    expect(texts).toEqual(Array.from({ length: written }, (_, at) => `line ${at + 1}`))
    lines += written
  }
  expect(cuts).toBe(CUTS)
  process.stderr.write(`${JSON.stringify({ cuts, restarts: RESTARTS, lines, dials: console.dials(), seed: SEED })}\n`)
}, 180_000)

test('a line that goes dead without a word is noticed within 15 seconds, and made anew', async () => {
  await using agentDirectory = temporaryDirectory()
  await using consoleDirectory = temporaryDirectory()
  const [identity, me, clock] = [await makeIdentity('db-01'), await makeIdentity('console'), new ManualClock()]
  await using world = await startAgent(agentDirectory.path, identity, me.pin)
  await using proxy = await startCuttingProxy(world.port)
  await using console = startConsole(consoleDirectory.path, { port: proxy.port, pin: identity.pin, me, clock })
  const state = (): string => console.hosts.get(HOST).link.state
  await expect.poll(state).toBe('connected')
  proxy.swallow(true)
  await clock.pass(15_000)
  expect(console.hosts.get(HOST).link).toMatchObject({
    state: 'unreachable',
    reason: 'It has not answered for 15 seconds.',
  })
  proxy.swallow(false)
  await clock.pass(15_000)
  await expect.poll(state).toBe('connected')
})
