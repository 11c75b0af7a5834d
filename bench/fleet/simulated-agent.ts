import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { withEventMeta } from '@orpc/server'
import { AuditLog } from '../../agent/audit/audit-log.ts'
import { systemClock } from '../../agent/clock.ts'
import type { Connection } from '../../agent/connection.ts'
import { agent, heed } from '../../agent/handlers/agent-contract.ts'
import { openJournal } from '../../agent/journal/open-journal.ts'
import { openTlsListener } from '../../agent/listen/tls-listener.ts'
import { createLogger } from '../../engine/logging/logger.ts'
import { Codes } from '../../agent/trust/codes.ts'
import { makeIdentity } from '../../engine/identity/identity.ts'
import { Peers } from '../../agent/trust/peers.ts'
import { writeEnrolment } from '../../contract/shapes/enrolment.ts'
import { AGENT_PROTOCOL } from '../../contract/shapes/host.ts'
import type { Run, RunEvent } from '../../contract/shapes/run.ts'
import { type RunChanges, type RunSummary, summariseRun } from '../../contract/shapes/run-summary.ts'
import { servePort } from '../../contract/wire/serve-port.ts'
import { WireHandler } from '../../contract/wire/server-codec.ts'
import { Changes } from '../../main/services/changes.ts'
import { type Lines, simulatedLines } from './simulated-lines.ts'
import { simulatedRepository, simulatedRun, simulatedSnapshot } from './simulated-answers.ts'

const GRANT = { role: 'operator', permissions: [], workspace: 'bench' } as const
const ADMINISTRATOR: Connection = { ...GRANT, peer: 'root@bench', origin: 'the bench' }
const HOUR = 3600
const NO_LINES: Lines = { count: 0, perSecond: 1 }

export interface SimulatedAgent extends AsyncDisposable {
  /** What enrols a console here. */
  readonly line: string
  /** Its one run has got so far; it is told to every console that listens. */
  progress(filesDone: number): void
  /** Its one run, once there is one. */
  run(): Run
}

/**
 * An agent with a key, a journal and a listener of its own: everything is real but what it says of its host, and that its
 * run tells `lines` to whoever follows it.
 */
export async function startSimulatedAgent(
  directory: string,
  hostname: string,
  lines: Lines = NO_LINES,
): Promise<SimulatedAgent> {
  await using stack = new AsyncDisposableStack()
  const journal = stack.use(openJournal(join(directory, `${hostname}.db`)))
  const identity = await makeIdentity(hostname)
  const agentId = randomUUID()
  const logger = createLogger({ sink: () => undefined, secrets: () => [], now: () => systemClock.now() })
  const trust = {
    journal,
    audit: new AuditLog({ journal, hostId: agentId, clock: systemClock }),
    clock: systemClock,
    logger,
  }
  const peers = new Peers(trust)
  const codes = new Codes(trust, peers)
  const host = new SimulatedHost(agentId, hostname, lines)
  const handler = new WireHandler<Connection>(host.router(), String)
  const listener = stack.use(
    await openTlsListener({
      listen: { host: '127.0.0.1', port: 0 },
      identity,
      peers,
      codes,
      about: { agentId, hostname },
      clock: systemClock,
      logger,
      serve: (port, connection) => servePort(port, handler, connection),
    }),
  )
  const { code } = codes.make({ ...GRANT, permissions: [], seconds: HOUR }, ADMINISTRATOR)
  const { role, workspace } = GRANT
  const owned = stack.move()
  return {
    line: writeEnrolment({ address: `127.0.0.1:${listener.port}`, pin: identity.pin, code, workspace, role }),
    progress: (filesDone) => host.progress(filesDone),
    run: () => host.run(),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** What is asked of an agent on each new connection, and what it tells of one run. */
class SimulatedHost {
  readonly #agentId: string
  readonly #hostname: string
  readonly #changes = new Changes<'run'>()
  readonly #lines: Lines
  #run: Run | null = null

  constructor(agentId: string, hostname: string, lines: Lines) {
    this.#agentId = agentId
    this.#hostname = hostname
    this.#lines = lines
  }

  progress(filesDone: number): void {
    this.#run = simulatedRun(this.#run, filesDone)
    this.#changes.announce('run')
  }

  run(): Run {
    if (this.#run === null) throw new Error('There is no run yet.')
    return this.#run
  }

  router() {
    const repository = simulatedRepository(this.#hostname)
    const follow = (after: number): AsyncGenerator<RunEvent> => this.#follow(after)
    const about = {
      protocol: AGENT_PROTOCOL,
      agentVersion: '0',
      platform: 'linux',
      architecture: 'x64',
      agentId: this.#agentId,
    }
    const identity = {
      ...about,
      hostname: this.#hostname,
      username: 'root',
      privileged: true,
      restic: null,
      resticFound: null,
    }
    return {
      host: {
        hello: agent.host.hello.handler(() => ({
          ...identity,
          stagingRoot: '/srv',
          granted: { ...GRANT, permissions: [] },
        })),
        ping: agent.host.ping.handler(() => ({})),
        watch: agent.host.watch.handler(async function* ({ signal }) {
          yield { lastSnapshots: [simulatedSnapshot(repository.id)] }
          await new Promise((_, reject) => heed(signal).addEventListener('abort', reject, { once: true }))
        }),
      },
      repository: { list: agent.repository.list.handler(() => [repository]) },
      run: {
        list: agent.run.list.handler(() => this.#runs()),
        changes: agent.run.changes.handler(({ input }) => this.#changesSince(input.since)),
        byKey: agent.run.byKey.handler(() => ({ run: null })),
        get: agent.run.get.handler(() => this.run()),
        follow: agent.run.follow.handler(async function* ({ lastEventId }) {
          yield* follow(Number(lastEventId ?? 0))
        }),
        watch: agent.run.watch.handler(({ signal }) => this.#watch(heed(signal))),
      },
    }
  }

  async *#follow(after: number): AsyncGenerator<RunEvent> {
    for await (const event of simulatedLines(this.run(), this.#lines)) {
      if (event.sequence > after) yield withEventMeta(event, { id: String(event.sequence) })
    }
  }

  #runs(): RunSummary[] {
    return this.#run === null ? [] : [summariseRun(this.#run)]
  }

  #changesSince(since: number): RunChanges {
    const runs = this.#runs()
    return { runs, through: Math.max(since, runs.length), last: runs.length }
  }

  async *#watch(signal: AbortSignal): AsyncGenerator<RunSummary> {
    using changes = this.#changes.subscribe()
    yield* this.#runs()
    while (true) {
      await changes.next(signal)
      yield* this.#runs()
    }
  }
}
